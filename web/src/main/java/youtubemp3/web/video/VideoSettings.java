package youtubemp3.web.video;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the client that asks YouTube whether a video exists.
 *
 * @param readTimeout the timeout of the whole exchange, including the connection
 * @param proxy an HTTP proxy, such as {@code http://proxy:3128}; if null, the JVM's settings apply
 */
@Validated
@ConfigurationProperties("youtubemp3.video")
record VideoSettings(
        @DefaultValue("5s") Duration readTimeout, @Nullable URI proxy) {

    VideoSettings {
        Assert.isTrue(readTimeout.compareTo(Duration.ZERO) > 0, "the timeout must be positive");
        Assert.isTrue(
                proxy == null
                        || ("http".equals(proxy.getScheme())
                                && proxy.getUserInfo() == null
                                && proxy.getHost() != null
                                && proxy.getPort() > 0),
                "the proxy must be http://host:port, without a user");
    }
}
