/** The shape, codes and errors of all responses, and the address of the client. */
@NullMarked
package youtubemp3.web.http;

import org.jspecify.annotations.NullMarked;
