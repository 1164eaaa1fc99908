package youtubemp3.web.video;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;
import youtubemp3.jobs.youtube.ProxyAddress;

/**
 * Settings of the client that asks YouTube whether a video exists.
 *
 * @param readTimeout the timeout of the whole exchange, including the connection
 * @param proxy the proxy, such as {@code http://proxy:3128}; if null, the JVM's settings apply
 */
@Validated
@ConfigurationProperties("youtubemp3.video")
record VideoSettings(
        @DefaultValue("5s") Duration readTimeout, @Nullable String proxy) {

    VideoSettings {
        Assert.isTrue(readTimeout.compareTo(Duration.ZERO) > 0, "the timeout must be positive");
        parse(proxy);
    }

    /** Empty without one. */
    Optional<ProxyAddress> proxyAddress() {
        return parse(proxy);
    }

    private static Optional<ProxyAddress> parse(@Nullable String proxy) {
        return ProxyAddress.parse("youtubemp3.video.proxy", proxy);
    }

    /** Omits the proxy's password, which the default would write to logs. */
    @Override
    public String toString() {
        return "VideoSettings[readTimeout=" + readTimeout + "]";
    }
}
