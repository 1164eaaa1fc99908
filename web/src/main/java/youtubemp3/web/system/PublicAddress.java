package youtubemp3.web.system;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells addresses of the internet from those that only mean something at home. */
public final class PublicAddress {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private static final Range NAT64 = Range.of("64:ff9b::/96");

    /** Java reads an IPv4 address that is mapped into IPv6 as the IPv4 address. */
    private static final Range[] NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // shared behind a provider's translation
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, where clouds answer about their machines
                    "172.16.0.0/12", // private
                    "192.168.0.0/16", // private
                    "224.0.0.0/3", // multicast, reserved, broadcast
                    "::/96", // unspecified, loopback, and IPv4 in an old spelling
                    "64:ff9b:1::/48", // a translation of one's own
                    "2001::/32", // a tunnel that hides an IPv4 address (Teredo)
                    "2002::/16", // and another (6to4)
                    "fc00::/7", // unique local
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local
                    "ff00::/8") // multicast
            .map(Range::of)
            .toArray(Range[]::new);

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        InetAddress meant = NAT64.contains(address) ? embedded(address) : address;
        return Arrays.stream(NOT_PUBLIC).noneMatch(range -> range.contains(meant));
    }

    /** The address that a text is; empty for a name, which is not looked up. */
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

    /** The IPv4 address that a translating router will connect to. */
    private static InetAddress embedded(InetAddress nat64) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(nat64.getAddress(), 12, 16));
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
