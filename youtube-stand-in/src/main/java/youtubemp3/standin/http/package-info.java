/** This package adds to the JDK's HTTP server what it lacks: byte ranges, a rate limit, and whole responses in one call. */
@NullMarked
package youtubemp3.standin.http;

import org.jspecify.annotations.NullMarked;
