package youtubemp3.web.access;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * The same refusal at the port for those who run this: it listens on their own machine, and so does their browser. Spring Boot
 * gives that port a context of its own, with filters of its own.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementCrossSite {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    CrossSite crossSite() {
        return new CrossSite();
    }
}
