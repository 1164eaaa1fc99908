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
 * Configures authentication of the public port, without session, cookie or login page. It is off unless a password or a token is
 * set.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** The order of Spring Security's filters in Spring Boot. */
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
        // continues with the next filter instead of a redirect
        filter.setSuccessHandler((request, response, authentication) -> {});
        return filter;
    }
}
