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
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's own connector, which closes a new connection at once if its address holds its share already, and lets its connections
 * be seen. Made by Tomcat, by its name.
 */
public class SharedConnector extends Http11NioProtocol {

    private static final Logger log = LoggerFactory.getLogger(SharedConnector.class);

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
     * @param sendfile the files that it sends
     * @param most connections of an address; 0 is no limit
     * @param proxies addresses and networks without a limit, as all clients come from them; commas between them
     */
    void configure(Sendfile sendfile, int most, String proxies) {
        endpoint.sendfile = sendfile;
        endpoint.most = most;
        endpoint.proxies.addAll(proxies);
    }

    Set<SocketWrapperBase<NioChannel>> connections() {
        return endpoint.getConnections();
    }

    private static final class Shares extends NioEndpoint {

        private final NetMaskSet proxies = new NetMaskSet();
        private int most;
        private Sendfile sendfile = new Sendfile();

        Shares() {
            // what is kept for further connections would never be used, as connections are made below
            socketProperties.setBufferPool(0);
        }

        /** Called by the one thread that accepts. The endpoint's own map is what is counted, so no count can drift. */
        @Override
        protected boolean setSocketOptions(SocketChannel channel) {
            InetAddress address = address(channel);
            if (most > 0 && address != null && !proxies.contains(address) && held(network(address)) >= most) {
                destroySocket(channel);
                return false;
            }
            return accept(channel);
        }

        /** As Tomcat's own method does, with a connection of another class. */
        private boolean accept(SocketChannel channel) {
            try {
                NioChannel socket = createChannel(new SocketBufferHandler(
                        socketProperties.getAppReadBufSize(),
                        socketProperties.getAppWriteBufSize(),
                        socketProperties.getDirectBuffer()));
                NioSocketWrapper connection = sendfile.new Connection(socket, this);
                socket.reset(channel, connection);
                channel.configureBlocking(false);
                socketProperties.setProperties(channel.socket());
                connection.setReadTimeout(getConnectionTimeout());
                connection.setWriteTimeout(getConnectionTimeout());
                connection.setKeepAliveLeft(getMaxKeepAliveRequests());
                connections.put(channel, connection);
                getPoller().register(connection);
                return true;
            } catch (IOException | RuntimeException e) {
                log.debug("The client is gone already", e);
                destroySocket(channel);
                return false;
            }
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
