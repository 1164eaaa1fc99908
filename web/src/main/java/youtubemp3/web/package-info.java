/** The web service: the page, the API and the downloads. Packages say what a person does here. */
@NullMarked
package youtubemp3.web;

import org.jspecify.annotations.NullMarked;
