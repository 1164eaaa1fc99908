/** This package is the stand-in's forward proxy: it tunnels YouTube's hosts to the local server and refuses all others. */
@NullMarked
package youtubemp3.standin.proxy;

import org.jspecify.annotations.NullMarked;
