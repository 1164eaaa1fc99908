package youtubemp3.web.video;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import youtubemp3.web.address.PublicAddress;

/** Configures the client for YouTube. Its trusted certificates are Spring Boot's setting {@code spring.http.clients.ssl.bundle}. */
@Configuration(proxyBeanMethods = false)
class ThumbnailProbeConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    @Bean
    ThumbnailProbe thumbnailProbe(
            RestClient.Builder client, HttpClientSettings http, VideoSettings settings, MeterRegistry metrics) {
        ProxySelector proxies = proxies(settings.proxy());
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
        return ClientHttpRequestFactoryBuilder.jdk()
                .withProxySelector(proxies)
                .build(hasProxy ? common : common.withInetAddressFilter(InetAddressFilter.adapt(PublicAddress::is)));
    }

    private static ProxySelector proxies(@Nullable URI proxy) {
        if (proxy != null) {
            // resolved for each connection: the address of a container changes
            return ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
        }
        ProxySelector ofJvm = ProxySelector.getDefault();
        return ofJvm == null ? ProxySelector.of(null) : ofJvm;
    }
}
