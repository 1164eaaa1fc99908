package youtubemp3.web.video;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.Security;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import youtubemp3.web.http.PublicAddress;

/**
 * Connects to no address of a private network, whatever a name server says the host's address is. All of the host's addresses
 * have to be public, since the client may take any. A proxy looks hosts up by itself and is not second-guessed.
 *
 * <p>The client looks the host up again when it connects. It gets the same answer: the JVM keeps one for as long as {@code
 * networkaddress.cache.ttl} says. Its default is 30 s, and is said here since this relies on it.
 */
class PublicHostsOnly implements ClientHttpRequestInterceptor {

    static {
        if (Security.getProperty("networkaddress.cache.ttl") == null) {
            Security.setProperty("networkaddress.cache.ttl", "30");
        }
    }

    /** From a host's name to its addresses. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Lookup lookup;

    PublicHostsOnly(Lookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        URI address = request.getURI();
        if (!hasProxy(address)) {
            requirePublic(address.getHost());
        }
        return execution.execute(request, body);
    }

    /** One of the JVM's own ({@code https.proxyHost}), which the client takes. */
    private static boolean hasProxy(URI address) {
        ProxySelector proxies = ProxySelector.getDefault();
        return proxies != null && proxies.select(address).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private void requirePublic(String host) throws IOException {
        for (InetAddress address : lookup.addresses(host)) {
            if (!PublicAddress.is(address)) {
                throw new ConnectException(host + " leads into a private network, to " + address.getHostAddress());
            }
        }
    }
}
