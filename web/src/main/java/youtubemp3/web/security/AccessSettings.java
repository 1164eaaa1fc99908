package youtubemp3.web.security;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The secrets that open the public port; without a password or a token it is open.
 *
 * @param password the password that all share; blank is none
 * @param tokens for scripts, instead of the password; blank ones do not count
 * @param publishedAt where a container's port is published, such as {@code 8080} or {@code 127.0.0.1:8080}, which it cannot
 *     see itself; only for the warning at the start
 * @param managementHosts names under which the management port answers besides {@code localhost} and plain addresses, such as
 *     that of a container whose metrics are read over a network of containers
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

    /** Without the secrets: a record's own would end up in a log some day. */
    @Override
    public String toString() {
        return "AccessSettings[on=" + isOn() + "]";
    }
}
