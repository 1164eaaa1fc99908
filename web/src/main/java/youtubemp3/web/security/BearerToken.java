package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** A script's token: {@code Authorization: Bearer <token>}. */
final class BearerToken extends AbstractAuthenticationToken {

    private static final Pattern HEADER = Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final String token;

    private BearerToken(String token) {
        super(List.<GrantedAuthority>of());
        this.token = token;
    }

    /** The token of a request; null if it has none. */
    static @Nullable BearerToken of(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Matcher matcher = HEADER.matcher(header == null ? "" : header);
        return matcher.matches() ? new BearerToken(matcher.group(1)) : null;
    }

    @Override
    public Object getCredentials() {
        return token;
    }

    @Override
    public Object getPrincipal() {
        return "token";
    }
}
