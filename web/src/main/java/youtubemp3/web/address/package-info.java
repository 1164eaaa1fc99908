/** IP addresses: those of clients as limits count them, and which ones are public. */
@NullMarked
package youtubemp3.web.address;

import org.jspecify.annotations.NullMarked;
