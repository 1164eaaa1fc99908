package youtubemp3.web.tomcat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.util.NetMaskSet;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import youtubemp3.web.address.ClientAddress;
import youtubemp3.web.download.Sendfile;

/**
 * Extends Tomcat's connector with a limit of connections for each address, a timeout for the whole header section of a request, and
 * sendfile for open files. Tomcat creates it by its class name.
 */
public class SharedConnector extends Http11NioProtocol {

    private static final Logger log = LoggerFactory.getLogger(SharedConnector.class);

    /** The timeout for a client that does not read its response. */
    private static final int WRITE_TIMEOUT_MILLIS = 30_000;

    private final Endpoint endpoint;

    public SharedConnector() {
        this(new Endpoint());
    }

    private SharedConnector(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /**
     * Configures the connector before its start.
     *
     * @param maxConnections the maximum number of connections of one address; 0 means unlimited
     * @param proxies addresses and networks that are exempt from the limit, separated by commas
     */
    void configure(Sendfile sendfile, int maxConnections, String proxies) {
        endpoint.sendfile = sendfile;
        endpoint.maxConnections = maxConnections;
        endpoint.proxies.addAll(proxies);
    }

    /**
     * Overridden, since Tomcat closes a connection that has begun a sendfile if the connector is paused meanwhile: stopping would cut
     * off downloads that have just begun.
     */
    @Override
    public boolean isPaused() {
        return super.isPaused() && endpoint.sendfile.running() == 0;
    }

    private static final class Endpoint extends NioEndpoint {

        private final NetMaskSet proxies = new NetMaskSet();
        private int maxConnections;
        private Sendfile sendfile = new Sendfile();

        Endpoint() {
            // connections are created below, without Tomcat's pool of buffers
            socketProperties.setBufferPool(0);
        }

        /** Called by the acceptor thread. Same as in Tomcat, except for the limit and the class of the connection. */
        @Override
        protected boolean setSocketOptions(SocketChannel channel) {
            try {
                InetAddress address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
                String client = ClientAddress.of(address);
                if (maxConnections > 0 && !proxies.contains(address) && connectionsOf(client) >= maxConnections) {
                    destroySocket(channel);
                    return false;
                }
                NioChannel socket = createChannel(new SocketBufferHandler(
                        socketProperties.getAppReadBufSize(),
                        socketProperties.getAppWriteBufSize(),
                        socketProperties.getDirectBuffer()));
                Connection connection = new Connection(socket, client);
                socket.reset(channel, connection);
                channel.configureBlocking(false);
                socketProperties.setProperties(channel.socket());
                connection.setReadTimeout(getConnectionTimeout());
                connection.setWriteTimeout(WRITE_TIMEOUT_MILLIS);
                connection.setKeepAliveLeft(getMaxKeepAliveRequests());
                connections.put(channel, connection);
                getPoller().register(connection);
                return true;
            } catch (IOException | RuntimeException e) {
                log.debug("The connection was closed before it was accepted", e);
                destroySocket(channel);
                return false;
            }
        }

        /** Counts in Tomcat's own list, so that the number cannot drift. */
        private long connectionsOf(String client) {
            return connections.values().stream()
                    .filter(connection -> ((Connection) connection).client.equals(client))
                    .count();
        }

        private final class Connection extends NioSocketWrapper {

            private final String client;

            Connection(NioChannel channel, String client) {
                super(channel, Endpoint.this);
                this.client = client;
            }

            /**
             * Tomcat's poller compares this to the read timeout. While the header section is incomplete, it is the time of its
             * first byte, so that the timeout applies to the whole section.
             */
            @Override
            public long getLastRead() {
                // only a connection with an incomplete header section has a processor while it waits in the poller
                long begin = getCurrentProcessor() instanceof Processor processor
                        ? processor.getRequest().getStartTimeNanos()
                        : -1;
                return begin < 0
                        ? super.getLastRead()
                        : System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            }

            @Override
            public SendfileDataBase createSendfileData(String name, long position, long length) {
                return new SendfileData(name, position, length) {
                    {
                        fchannel = sendfile.take(name);
                    }
                };
            }
        }
    }
}
