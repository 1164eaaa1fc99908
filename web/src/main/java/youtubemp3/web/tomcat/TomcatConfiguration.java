package youtubemp3.web.tomcat;

import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import youtubemp3.web.http.ContainerErrors;

@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> publicConnector(
            Connections connections,
            Sendfile sendfile,
            ConnectionSettings settings,
            ContainerErrors errors,
            @Value("${server.tomcat.remoteip.internal-proxies:}") String proxies) {
        return factory -> {
            factory.setProtocol(SharedConnector.class.getName());
            factory.addConnectorCustomizers(connector -> {
                // between two bytes of a body; SubmitRequest and UnreadBodyValve limit the whole
                connector.setProperty("disableUploadTimeout", "false");
                connector.setProperty("connectionUploadTimeout", "10000");
                if (connector.getProtocolHandler() instanceof SharedConnector shared) {
                    shared.configure(sendfile, settings.connections(), proxies);
                    connections.watch(shared);
                }
            });
            factory.addEngineValves(new UnreadBodyValve(), new AccessLogValve());
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
