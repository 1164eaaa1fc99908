package youtubemp3.web.address;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of a request's client, as limits count it. */
public final class ClientAddress {

    private static final String UNKNOWN = "unknown";

    /** Some proxies add the port, which changes with every connection; the scope names a network interface. */
    private static final Pattern WITH_PORT_OR_SCOPE = Pattern.compile(
            "(?<v4>[0-9.]+)(?::\\d*)?|\\[(?<bracketed>[0-9A-Fa-f:.]+)(?:%[^]]*)?](?::\\d*)?|(?<v6>[0-9A-Fa-f:.]+)(?:%.*)?");

    private ClientAddress() {}

    /**
     * The client's address, or the first 64 bits of an IPv6 address, since a household has the other 64. All values from a proxy
     * that are not addresses count as one client: otherwise each request could count as a new one.
     */
    public static String of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static String of(@Nullable String text) {
        Matcher parts = WITH_PORT_OR_SCOPE.matcher(text == null ? "" : text.strip());
        if (!parts.matches()) {
            return UNKNOWN;
        }
        String address = Stream.of(parts.group("v4"), parts.group("bracketed"), parts.group("v6"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return PublicAddress.parse(address).map(ClientAddress::of).orElse(UNKNOWN);
    }

    /** As {@link #of(HttpServletRequest)}, for the text of an address. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address ? network(address) : address.getHostAddress();
    }

    private static String network(InetAddress address) {
        try {
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
