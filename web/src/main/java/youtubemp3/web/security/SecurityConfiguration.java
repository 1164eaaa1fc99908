package youtubemp3.web.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Spring Security's filters, those that are needed and no other: no session, no cookie, no page of its own. They stand before
 * the public port only, and not at all while there is no secret.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Where Spring Boot has them. */
    static final int ORDER = -100;

    @Bean
    FilterRegistrationBean<FilterChainProxy> access(
            AccessSettings settings, SharedSecretAuthenticationProvider doorkeeper) {
        UnauthorizedEntryPoint unauthorized = new UnauthorizedEntryPoint();
        List<Filter> filters = List.of(
                authentication(doorkeeper, unauthorized),
                new ExceptionTranslationFilter(unauthorized, new NullRequestCache()),
                new AuthorizationFilter(AuthenticatedAuthorizationManager.authenticated()));
        FilterRegistrationBean<FilterChainProxy> registration = new FilterRegistrationBean<>(
                new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters)));
        registration.setName("access");
        registration.setOrder(ORDER);
        // not the server's own turn to the error page, which says why somebody was refused
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        registration.setEnabled(settings.isOn());
        return registration;
    }

    private static AuthenticationFilter authentication(
            SharedSecretAuthenticationProvider doorkeeper, UnauthorizedEntryPoint unauthorized) {
        AuthenticationManagerResolver<HttpServletRequest> manager =
                request -> shown -> doorkeeper.admit(shown, request);
        AuthenticationFilter filter = new AuthenticationFilter(
                manager, new DelegatingAuthenticationConverter(new BasicAuthenticationConverter(), BearerToken::of));
        filter.setFailureHandler(unauthorized::commence);
        // the next filter, and no redirect
        filter.setSuccessHandler((request, response, authentication) -> {});
        return filter;
    }
}
