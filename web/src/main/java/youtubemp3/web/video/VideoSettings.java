package youtubemp3.web.video;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

/**
 * How YouTube is asked whether a video exists.
 *
 * @param rememberExisting how long a video that exists is not asked for again: it may be removed
 * @param rememberMissing how long a video that does not exist is not asked for again: it may be published
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take, the connection included
 * @param redirects how many redirects are followed, all of them to the same host
 * @param proxy the HTTP proxy to ask through, such as {@code http://proxy:3128}; the JVM's own if not given
 */
@Validated
@ConfigurationProperties("youtubemp3.video")
record VideoSettings(
        @DefaultValue("24h") Duration rememberExisting,
        @DefaultValue("1h") Duration rememberMissing,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("3") @Min(0) @Max(20) int redirects,
        @Nullable URI proxy) {

    VideoSettings {
        Assert.isTrue(
                isPositive(rememberExisting) && isPositive(rememberMissing), "answers are remembered for a while");
        Assert.isTrue(isPositive(connectTimeout) && isPositive(readTimeout), "time-outs are longer than nothing");
        Assert.isTrue(
                proxy == null
                        || ("http".equals(proxy.getScheme())
                                && proxy.getUserInfo() == null
                                && proxy.getHost() != null
                                && proxy.getPort() > 0),
                "a proxy is given as http://host:port, without a user");
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }
}
