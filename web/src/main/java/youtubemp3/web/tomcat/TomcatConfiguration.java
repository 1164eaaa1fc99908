package youtubemp3.web.tomcat;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import youtubemp3.web.download.Sendfile;
import youtubemp3.web.http.ContainerErrors;
import youtubemp3.web.limits.LimitSettings;

/** Configures the public port beyond Spring Boot's settings. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> publicConnector(
            Sendfile sendfile,
            LimitSettings limits,
            ContainerErrors errors,
            @Value("${server.tomcat.remoteip.internal-proxies:}") String proxies) {
        return factory -> {
            factory.setProtocol(SharedConnector.class.getName());
            factory.addConnectorCustomizers(connector -> {
                // for each read of a body; SubmitRequest and UnreadBodyValve limit the time of the whole body
                connector.setProperty("disableUploadTimeout", "false");
                connector.setProperty("connectionUploadTimeout", "10000");
                if (connector.getProtocolHandler() instanceof SharedConnector shared) {
                    shared.configure(sendfile, limits.connections(), proxies);
                }
            });
            factory.addEngineValves(new UnreadBodyValve());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    // the host makes one of its own unless it has one of this class
                    host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
                    host.getPipeline().addValve(new JsonErrorReportValve(errors));
                }
            });
        };
    }
}
