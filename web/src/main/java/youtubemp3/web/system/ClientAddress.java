package youtubemp3.web.system;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Who a request comes from, as far as limits are concerned. An IPv6 client owns a whole /64 and may use any address in it, so
 * all of them count as one; an IPv4 address in the clothes of IPv6 counts as itself.
 */
public final class ClientAddress {

    private ClientAddress() {}

    /** The client's address: that of the connection, or what a trusted proxy says it is. */
    public static String of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static String of(String address) {
        // without a colon it is IPv4; and what has one is never looked up as a name
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address.replaceFirst("%.*", ""));
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] network = Arrays.copyOf(Arrays.copyOf(parsed.getAddress(), 8), 16);
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
