package youtubemp3.standin.proxy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Lists the host names of YouTube that the stand-in serves. */
final class YouTubeHosts {

    /** The certificate has these DNS names. */
    static final String[] CERTIFICATE_NAMES = {
        "*.youtube.com",
        "youtube.com",
        "youtu.be",
        "*.ytimg.com",
        "*.googlevideo.com",
        "*.youtube-nocookie.com",
        "youtube-nocookie.com"
    };

    private static final Pattern NAMES = Pattern.compile("(?:(?:www|m|music|img|i)\\.)?youtube\\.com"
            + "|(?:www\\.)?youtube-nocookie\\.com"
            + "|youtu\\.be"
            + "|i\\d?\\.ytimg\\.com"
            + "|[a-z0-9-]+\\.googlevideo\\.com");

    private YouTubeHosts() {}

    /** Returns whether a host is one of YouTube's. */
    static boolean include(String host) {
        return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
