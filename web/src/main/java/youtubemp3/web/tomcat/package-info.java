/** Everything that depends on Tomcat itself: shares of connections, downloads in the connector, the log of requests. */
@NullMarked
package youtubemp3.web.tomcat;

import org.jspecify.annotations.NullMarked;
