package youtubemp3.web.address;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Distinguishes public addresses of the internet from private and reserved ones. */
public final class PublicAddress {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private static final Range NAT64 = Range.of("64:ff9b::/96");

    /** The global unicast range of IPv6. Addresses outside are local, reserved, or translated by a network. */
    private static final Range GLOBAL_UNICAST = Range.of("2000::/3");

    /** The special-purpose address registries of IANA, and an address of Azure. */
    private static final Range[] NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // shared behind a provider's translation
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, with the metadata services of clouds
                    "168.63.129.16/32", // Azure's platform services
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments, with the metadata service of Oracle's cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays for 6to4
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/3", // multicast, reserved, broadcast
                    "2001::/23", // protocol assignments, among them a tunnel that hides an IPv4 address (Teredo)
                    "2001:db8::/32", // documentation
                    "2002::/16", // another tunnel (6to4)
                    "3fff::/20") // documentation
            .map(Range::of)
            .toArray(Range[]::new);

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        InetAddress meant = NAT64.contains(address) || isMapped(address) ? embedded(address) : address;
        return (meant instanceof Inet4Address || GLOBAL_UNICAST.contains(meant))
                && Arrays.stream(NOT_PUBLIC).noneMatch(range -> range.contains(meant));
    }

    /** Parses an address; empty for a host name, which is not resolved. */
    public static Optional<InetAddress> parse(String text) {
        if (!text.contains(":") && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is an IPv4 address mapped to IPv6 ({@code ::ffff:1.2.3.4}). Java's parsers turn these into IPv4; others may not. */
    private static boolean isMapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && new BigInteger(1, Arrays.copyOf(bytes, 12)).equals(BigInteger.valueOf(0xffff));
    }

    /** The IPv4 address in the last four bytes: the one that a connection goes to. */
    private static InetAddress embedded(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Range(boolean isIpv4, BigInteger prefix, int shift) {

        static Range of(String text) {
            String[] parts = text.split("/");
            InetAddress address = parse(parts[0]).orElseThrow();
            int shift = address.getAddress().length * 8 - Integer.parseInt(parts[1]);
            return new Range(address instanceof Inet4Address, number(address).shiftRight(shift), shift);
        }

        boolean contains(InetAddress address) {
            return address instanceof Inet4Address == isIpv4
                    && number(address).shiftRight(shift).equals(prefix);
        }

        private static BigInteger number(InetAddress address) {
            return new BigInteger(1, address.getAddress());
        }
    }
}
