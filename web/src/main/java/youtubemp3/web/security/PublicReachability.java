package youtubemp3.web.security;

import java.net.InetAddress;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.web.address.PublicAddress;

/** Decides whether the service can be reached from outside its own machine and network. */
final class PublicReachability {

    /** The syntax of a port that Compose publishes: an optional address, in brackets if it is IPv6, and the port. */
    private static final Pattern PUBLISHED = Pattern.compile("(?:\\[?(.*?)]?:)?([^:]*)");

    private PublicReachability() {}

    /**
     * For a process that sees the machine's addresses.
     *
     * @param bound the address that it listens on; null for all
     * @param machine all addresses of the machine
     */
    static boolean isPublic(@Nullable InetAddress bound, Collection<InetAddress> machine) {
        return bound == null || bound.isAnyLocalAddress()
                ? machine.stream().anyMatch(PublicAddress::is)
                : PublicAddress.is(bound);
    }

    /**
     * For a container, which does not see the machine's addresses.
     *
     * @param publishedAt such as {@code 8080}, which means all addresses, or {@code 127.0.0.1:8080}
     */
    static boolean isPublic(String publishedAt) {
        Matcher parts = PUBLISHED.matcher(publishedAt.strip());
        String address = parts.matches() ? parts.group(1) : null;
        return address == null
                || PublicAddress.parse(address)
                        .map(parsed -> parsed.isAnyLocalAddress() || PublicAddress.is(parsed))
                        .orElse(true);
    }
}
