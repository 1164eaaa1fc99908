package youtubemp3.web.security;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The shared secrets of the public port. Without a password and tokens it requires no authentication.
 *
 * @param password the password that all users share; blank means none
 * @param tokens tokens for scripts, instead of the password; blank ones are ignored
 * @param publishedAt where a container's port is published, such as {@code 8080} or {@code 127.0.0.1:8080}, which the container
 *     cannot see; only for the warning at startup
 * @param managementHosts the host names that the management port accepts besides {@code localhost} and plain addresses, such as
 *     that of a container whose metrics are read over a container network
 */
@ConfigurationProperties("youtubemp3.access")
record AccessSettings(
        @Nullable String password,
        @DefaultValue List<String> tokens,
        @Nullable String publishedAt,
        @DefaultValue List<String> managementHosts) {

    AccessSettings {
        password = password == null || password.isBlank() ? null : password;
        tokens = tokens.stream()
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** Whether authentication is required. */
    boolean isOn() {
        return secrets().findAny().isPresent();
    }

    Stream<String> secrets() {
        return Stream.concat(Stream.ofNullable(password), tokens.stream());
    }

    /** Omits the secrets, which the default would write to logs. */
    @Override
    public String toString() {
        return "AccessSettings[on=" + isOn() + "]";
    }
}
