/** The only package that imports Tomcat: its connector, and the answer to requests that Tomcat refuses. */
@NullMarked
package youtubemp3.web.tomcat;

import org.jspecify.annotations.NullMarked;
