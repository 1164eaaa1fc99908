/** What all responses have in common: their shape, their codes, and the address of the client. */
@NullMarked
package youtubemp3.web.http;

import org.jspecify.annotations.NullMarked;
