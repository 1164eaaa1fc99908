package youtubemp3.web.security;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.servlet.HandlerExceptionResolver;
import youtubemp3.web.http.EmptyAcceptFilter;
import youtubemp3.web.http.ErrorResponder;
import youtubemp3.web.http.FixedLocaleFilter;

/**
 * Adds the security filters to the management port, for which Spring Boot creates a separate context. The port needs them since the
 * operator's browser may run on the same machine.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
// component scanning also finds this class, for the public port
@Conditional(ManagementPortConfiguration.InChildContext.class)
class ManagementPortConfiguration {

    @Bean
    CrossSiteFilter crossSite(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        return new CrossSiteFilter(new ErrorResponder(resolver));
    }

    @Bean
    SecurityHeaders securityHeaders() {
        return new SecurityHeaders();
    }

    @Bean
    FixedLocaleFilter fixedLocale() {
        return new FixedLocaleFilter();
    }

    @Bean
    EmptyAcceptFilter emptyAccept() {
        return new EmptyAcceptFilter();
    }

    @Bean
    ManagementHostFilter managementHosts(AccessSettings settings) {
        return new ManagementHostFilter(settings.managementHosts());
    }

    static final class InChildContext implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            return beans != null && beans.getParentBeanFactory() != null;
        }
    }
}
