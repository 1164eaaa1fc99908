package youtubemp3.web.tomcat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.apache.catalina.util.NetMaskSet;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own connector, which closes a new connection at once if its address holds its share already, and lets its connections
 * be seen. Made by Tomcat, by its name.
 */
public class SharedConnector extends Http11NioProtocol {

    private final Shares endpoint;

    public SharedConnector() {
        this(new Shares());
    }

    private SharedConnector(Shares endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /**
     * To be called before the start.
     *
     * @param most connections of an address; 0 is no limit
     * @param proxies addresses and networks without a limit, as all clients come from them; commas between them
     */
    void share(int most, String proxies) {
        endpoint.most = most;
        endpoint.proxies.addAll(proxies);
    }

    Set<SocketWrapperBase<NioChannel>> connections() {
        return endpoint.getConnections();
    }

    private static final class Shares extends NioEndpoint {

        private final NetMaskSet proxies = new NetMaskSet();
        private int most;

        /** Called by the one thread that accepts. The endpoint's own map is what is counted, so no count can drift. */
        @Override
        protected boolean setSocketOptions(SocketChannel channel) {
            InetAddress address = address(channel);
            if (most > 0 && address != null && !proxies.contains(address) && held(network(address)) >= most) {
                destroySocket(channel);
                return false;
            }
            return super.setSocketOptions(channel);
        }

        private long held(ByteBuffer network) {
            return connections.keySet().stream()
                    .map(Shares::address)
                    .filter(address -> address != null && network.equals(network(address)))
                    .count();
        }

        /** Null of a connection that is closed by now. */
        private static @Nullable InetAddress address(SocketChannel channel) {
            try {
                return channel.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
            } catch (IOException e) {
                return null;
            }
        }

        /** All of an IPv4 address, the first 64 bits of an IPv6 one. */
        private static ByteBuffer network(InetAddress address) {
            byte[] bytes = address.getAddress();
            return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 8));
        }
    }
}
