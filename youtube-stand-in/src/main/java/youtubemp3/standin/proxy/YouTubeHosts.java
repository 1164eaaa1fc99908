package youtubemp3.standin.proxy;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts the stand-in is. */
public final class YouTubeHosts {

    public static final String[] CERTIFICATE_NAMES = {
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

    public static boolean include(String host) {
        return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
