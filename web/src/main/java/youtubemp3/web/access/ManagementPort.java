package youtubemp3.web.access;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import youtubemp3.web.system.OneLanguage;
import youtubemp3.web.system.SafetyHeaders;

/**
 * The same filters at the port for those who run this: it listens on their own machine, where their browser is too. Spring Boot
 * gives that port a context of its own, with filters of its own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPort {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    CrossSite crossSite() {
        return new CrossSite();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    SafetyHeaders safetyHeaders() {
        return new SafetyHeaders();
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    OneLanguage oneLanguage() {
        return new OneLanguage();
    }

    @Bean
    ManagementHosts managementHosts(AccessSettings settings) {
        return new ManagementHosts(settings.managementHosts());
    }
}
