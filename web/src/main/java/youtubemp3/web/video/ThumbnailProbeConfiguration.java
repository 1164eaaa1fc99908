package youtubemp3.web.video;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import youtubemp3.jobs.youtube.ProxyAddress;
import youtubemp3.jobs.youtube.ProxyAddress.Credentials;
import youtubemp3.web.address.PublicAddress;

/** Configures the client for YouTube. Its trusted certificates are Spring Boot's setting {@code spring.http.clients.ssl.bundle}. */
@Configuration(proxyBeanMethods = false)
class ThumbnailProbeConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(ThumbnailProbeConfiguration.class);

    /** Is absent with a proxy that the client cannot use: the JDK's speaks plain HTTP to proxies, neither SOCKS nor TLS. */
    @Bean
    @Nullable
    ThumbnailProbe thumbnailProbe(
            ObjectProvider<RestClient.Builder> clients,
            HttpClientSettings http,
            VideoSettings settings,
            MeterRegistry metrics) {
        ProxyAddress proxy = settings.proxyAddress().orElse(null);
        if (proxy != null && !proxy.scheme().equals("http")) {
            log.info(
                    "Links are accepted without asking YouTube whether their videos exist, which the workers find out: web can"
                            + " use HTTP proxies only, and not {}",
                    proxy);
            return null;
        }
        if (proxy != null && proxy.credentials().isPresent()) {
            // the JDK has no Basic authentication for tunnels by default, and reads this with the first client, which
            // the
            // builder may make
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
        RestClient.Builder client = clients.getObject();
        ProxySelector proxies = proxies(proxy);
        return new ThumbnailProbe(
                client.requestFactory(requestFactory(http, settings, proxies)).build(), metrics);
    }

    /**
     * Connects only to public addresses, whatever DNS returns. Spring Boot's filter of external addresses accepts an internal one of
     * Azure and rejects public addresses behind NAT64. With a proxy the filter is off, since the proxy resolves the host.
     *
     * <p>The client resolves the host again when it connects, and gets the same result, which the JVM caches for 30 s.
     */
    static ClientHttpRequestFactory requestFactory(
            HttpClientSettings http, VideoSettings settings, ProxySelector proxies) {
        HttpClientSettings common =
                http.withRedirects(HttpRedirects.DONT_FOLLOW).withTimeouts(CONNECT_TIMEOUT, settings.readTimeout());
        boolean hasProxy =
                proxies.select(ThumbnailProbe.HOST).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
        JdkClientHttpRequestFactoryBuilder builder =
                ClientHttpRequestFactoryBuilder.jdk().withProxySelector(proxies);
        Credentials credentials =
                settings.proxyAddress().flatMap(ProxyAddress::credentials).orElse(null);
        if (credentials != null) {
            builder = builder.withHttpClientCustomizer(client -> client.authenticator(new ForProxy(credentials)));
        }
        return builder.build(
                hasProxy ? common : common.withInetAddressFilter(InetAddressFilter.adapt(PublicAddress::is)));
    }

    private static ProxySelector proxies(@Nullable ProxyAddress proxy) {
        if (proxy != null) {
            // resolved for each connection: the address of a container changes
            return ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
        }
        ProxySelector ofJvm = ProxySelector.getDefault();
        return ofJvm == null ? ProxySelector.of(null) : ofJvm;
    }

    /** Answers the proxy and no server, so that YouTube never gets the credentials. */
    private static final class ForProxy extends Authenticator {

        private final Credentials credentials;

        ForProxy(Credentials credentials) {
            this.credentials = credentials;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(
                            credentials.user(), credentials.password().toCharArray())
                    : null;
        }
    }
}
