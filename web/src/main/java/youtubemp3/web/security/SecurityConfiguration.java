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
import youtubemp3.web.http.ErrorResponder;

/**
 * The filters of Spring Security that authenticate, without a session, a cookie or a login page. They guard the public port,
 * and are off while neither password nor token is set.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Where Spring Boot puts Spring Security's filters. */
    static final int ORDER = -100;

    @Bean
    FilterRegistrationBean<FilterChainProxy> access(
            AccessSettings settings, SharedSecretAuthenticationProvider provider, ErrorResponder errors) {
        UnauthorizedEntryPoint unauthorized = new UnauthorizedEntryPoint(errors);
        List<Filter> filters = List.of(
                authentication(provider, unauthorized),
                new ExceptionTranslationFilter(unauthorized, new NullRequestCache()),
                new AuthorizationFilter(AuthenticatedAuthorizationManager.authenticated()));
        FilterRegistrationBean<FilterChainProxy> registration = new FilterRegistrationBean<>(
                new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters)));
        registration.setName("access");
        registration.setOrder(ORDER);
        // not the container's error page, which an unauthenticated client may see
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        registration.setEnabled(settings.isOn());
        return registration;
    }

    private static AuthenticationFilter authentication(
            SharedSecretAuthenticationProvider provider, UnauthorizedEntryPoint unauthorized) {
        AuthenticationManagerResolver<HttpServletRequest> manager = request -> shown -> provider.admit(shown, request);
        AuthenticationFilter filter = new AuthenticationFilter(
                manager, new DelegatingAuthenticationConverter(new BasicAuthenticationConverter(), BearerToken::of));
        filter.setFailureHandler(unauthorized::commence);
        // the next filter, and no redirect
        filter.setSuccessHandler((request, response, authentication) -> {});
        return filter;
    }
}
