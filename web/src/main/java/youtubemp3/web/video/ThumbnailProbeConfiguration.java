package youtubemp3.web.video;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** The client for YouTube. Whom it trusts is Spring Boot's setting {@code spring.http.clients.ssl.bundle}. */
@Configuration(proxyBeanMethods = false)
class ThumbnailProbeConfiguration {

    @Bean
    ThumbnailProbe thumbnails(
            RestClient.Builder client, HttpClientSettings http, VideoSettings settings, MeterRegistry metrics) {
        // redirects are followed by ThumbnailProbe, which looks where they lead
        HttpClientSettings ours = http.withRedirects(HttpRedirects.DONT_FOLLOW)
                .withTimeouts(settings.connectTimeout(), settings.readTimeout());
        if (settings.proxy() == null) {
            client.requestInterceptor(new PublicHostsOnly(InetAddress::getAllByName));
        }
        return new ThumbnailProbe(
                client.requestFactory(factory(settings.proxy()).build(ours)).build(), settings.redirects(), metrics);
    }

    private static JdkClientHttpRequestFactoryBuilder factory(@Nullable URI proxy) {
        JdkClientHttpRequestFactoryBuilder factory = ClientHttpRequestFactoryBuilder.jdk();
        // resolved anew for every connection: a container's address changes
        return proxy == null
                ? factory
                : factory.withProxySelector(
                        ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
    }
}
