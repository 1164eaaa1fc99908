/** The only package that imports Tomcat: its connector, and the response to requests that Tomcat rejects. */
@NullMarked
package youtubemp3.web.tomcat;

import org.jspecify.annotations.NullMarked;
