/** The shape, codes and errors of all responses, and the log of requests. */
@NullMarked
package youtubemp3.web.http;

import org.jspecify.annotations.NullMarked;
