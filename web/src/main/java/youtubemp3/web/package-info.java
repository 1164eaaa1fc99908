/** The web service: the page, the API and the downloads. Packages are named after features. */
@NullMarked
package youtubemp3.web;

import org.jspecify.annotations.NullMarked;
