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
 * @param readTimeout for the whole response, the connection included
 * @param proxy an HTTP proxy, such as {@code http://proxy:3128}; without it, the JVM's own settings hold
 */
@Validated
@ConfigurationProperties("youtubemp3.video")
record VideoSettings(
        @DefaultValue("5s") Duration readTimeout, @Nullable URI proxy) {

    VideoSettings {
        Assert.isTrue(readTimeout.compareTo(Duration.ZERO) > 0, "a timeout is longer than zero");
        Assert.isTrue(
                proxy == null
                        || ("http".equals(proxy.getScheme())
                                && proxy.getUserInfo() == null
                                && proxy.getHost() != null
                                && proxy.getPort() > 0),
                "a proxy is given as http://host:port, without a user");
    }
}
