package youtubemp3.web.system;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Who asks, as limits count it. */
public final class ClientAddress {

    private ClientAddress() {}

    /** The client's address; of IPv6 the first 64 bits, since one household has all the others. */
    public static String of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static String of(String address) {
        return PublicAddress.parse(address).map(ClientAddress::of).orElse(address);
    }

    private static String of(InetAddress address) {
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
