package youtubemp3.jobs.youtube;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The address of the proxy on the way to YouTube: a scheme, a host, a port, and perhaps a user and a password. The password is in no
 * message of an exception and not in {@link #toString}.
 */
public final class ProxyAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https", "socks4", "socks4a", "socks5", "socks5h");

    private final URI address;

    private ProxyAddress(URI address) {
        this.address = address;
    }

    /**
     * Reads a setting; empty if it is null or blank.
     *
     * @param property the name of the setting, for the message
     * @throws IllegalArgumentException when it is not the address of a proxy
     */
    public static Optional<ProxyAddress> parse(String property, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(address(text.strip())
                .map(ProxyAddress::new)
                .filter(ProxyAddress::isWhole)
                .orElseThrow(() -> new IllegalArgumentException(property
                        + " (PROXY in .env) must be scheme://host:port or scheme://user:password@host:port, with one of the"
                        + " schemes http, https, socks4, socks4a, socks5 and socks5h; special characters in the password are"
                        + " written as in a URL, such as %40 for @")));
    }

    /** Without the cause, whose message quotes the password. */
    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isWhole() {
        return address.getScheme() != null
                && SCHEMES.contains(scheme())
                && address.getHost() != null
                && address.getPort() > 0
                && address.getPort() <= 65_535
                && Set.of("", "/").contains(address.getRawPath())
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    /** In lower case. */
    public String scheme() {
        return address.getScheme().toLowerCase(Locale.ROOT);
    }

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort();
    }

    /** Empty without a user. */
    public Optional<Credentials> credentials() {
        return Optional.ofNullable(address.getRawUserInfo()).map(Credentials::of);
    }

    /** As a URL with that scheme, and with the password: not for messages. */
    public String url(String scheme) {
        String user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
        return scheme + "://" + user + host() + ":" + port();
    }

    /** Without the user and the password. */
    @Override
    public String toString() {
        return scheme() + "://" + host() + ":" + port();
    }

    /**
     * What the proxy demands.
     *
     * @param password may be empty
     */
    public record Credentials(String user, String password) {

        private static Credentials of(String userInfo) {
            String[] parts = userInfo.split(":", 2);
            return new Credentials(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }

        private static String decode(String text) {
            return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
        }

        /** Omits the password. */
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }
}
