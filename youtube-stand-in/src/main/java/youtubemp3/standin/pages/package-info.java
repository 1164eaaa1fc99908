/** This package sends the web pages, API responses and thumbnails of YouTube that yt-dlp and the product request. */
@NullMarked
package youtubemp3.standin.pages;

import org.jspecify.annotations.NullMarked;
