/** Authentication, the rule against cross-site requests, and security headers. */
@NullMarked
package youtubemp3.web.security;

import org.jspecify.annotations.NullMarked;
