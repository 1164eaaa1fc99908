package youtubemp3.web.security;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs at startup which security settings the operator may have overlooked. */
@Component
class StartupSecurityWarnings {

    private static final Logger log = LoggerFactory.getLogger(StartupSecurityWarnings.class);
    private static final int SHORT = 12;

    private final AccessSettings settings;
    private final ServerProperties server;
    private final TomcatServerProperties tomcat;

    StartupSecurityWarnings(AccessSettings settings, ServerProperties server, TomcatServerProperties tomcat) {
        this.settings = settings;
        this.server = server;
        this.tomcat = tomcat;
    }

    @EventListener(ApplicationReadyEvent.class)
    void warn() throws SocketException {
        if (!settings.isOn() && isPublic()) {
            log.warn("This may be reached from other networks, and requires no password. Set one with"
                    + " youtubemp3.access.password (in Compose ACCESS_PASSWORD), or listen on this machine alone with"
                    + " server.address=127.0.0.1 (in Compose PORT=127.0.0.1:8080).");
        }
        String proxies = tomcat.getRemoteip().getInternalProxies();
        if (proxies != null && !proxies.isBlank() && isPublic()) {
            log.warn(
                    "A proxy is trusted about the client's address, and this may be reached from other networks past it. In a"
                            + " container such a client may have the proxy's address, and is trusted as well. Let only the proxy"
                            + " reach the port, with server.address=127.0.0.1 (in Compose PORT=127.0.0.1:8080).");
        }
        if (settings.secrets().anyMatch(secret -> secret.length() < SHORT)) {
            log.warn("A password or token has fewer than {} characters: it can be guessed.", SHORT);
        }
    }

    private boolean isPublic() throws SocketException {
        String publishedAt = settings.publishedAt();
        if (publishedAt != null && !publishedAt.isBlank()) {
            return PublicReachability.isPublic(publishedAt);
        }
        return PublicReachability.isPublic(server.getAddress(), machine());
    }

    private static List<InetAddress> machine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
    }
}
