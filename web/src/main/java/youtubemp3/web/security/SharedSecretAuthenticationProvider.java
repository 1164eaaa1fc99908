package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;
import youtubemp3.web.http.ClientAddress;

/**
 * Knows the secrets, and limits how often an address may try. Every try costs a token of the bucket {@code guesses:<address>}
 * before its answer is given, right or wrong, so that many at the same time win nothing, and then one of {@code guesses:all},
 * so that many addresses win little: an address that has none left takes nothing from the others. Who has come in once is known from
 * then on and costs none: a page is a handful of requests, and a status is asked for every second.
 */
@Component
class SharedSecretAuthenticationProvider {

    private static final Limit TEN_A_MINUTE = Limit.of(10, Duration.ofMinutes(1));

    /**
     * Ten addresses' worth. Newcomers of a large household, each of them one try, are far fewer; guesses at a secret of twelve
     * random characters come to nothing at this rate, whatever the number of addresses.
     */
    private static final Limit HUNDRED_A_MINUTE = Limit.of(100, Duration.ofMinutes(1));

    private static final int MOST_KNOWN = 10_000;

    private final List<byte[]> passwords;
    private final List<byte[]> tokens;
    private final RateLimits limits;
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LongestUnseenGoes()));

    SharedSecretAuthenticationProvider(AccessSettings settings, RateLimits limits) {
        this.passwords =
                Optional.ofNullable(settings.password()).map(SharedSecretAuthenticationProvider::digest).stream()
                        .toList();
        this.tokens = settings.tokens().stream()
                .map(SharedSecretAuthenticationProvider::digest)
                .toList();
        this.limits = limits;
    }

    /**
     * Lets somebody in.
     *
     * @param shown the password, or a {@link BearerToken}
     * @throws AuthenticationException when the secret is wrong, was tried too often, or there is no telling without Redis
     */
    Authentication admit(Authentication shown, HttpServletRequest request) {
        String secret = String.valueOf(shown.getCredentials());
        boolean right = isOneOf(shown instanceof BearerToken ? tokens : passwords, secret);
        String address = ClientAddress.of(request);
        String visitor = hex(digest(address + "\n" + request.getHeader(HttpHeaders.AUTHORIZATION)));
        if (!right || !known.contains(visitor)) {
            requireTry(address);
        }
        if (!right) {
            throw new BadCredentialsException("neither password nor token");
        }
        known.add(visitor);
        return UsernamePasswordAuthenticationToken.authenticated(shown.getName(), null, List.of());
    }

    private void requireTry(String address) {
        boolean tooOften;
        try {
            tooOften = limits.take("guesses:" + address, TEN_A_MINUTE).isPresent()
                    || limits.take("guesses:all", HUNDRED_A_MINUTE).isPresent();
        } catch (DataAccessException e) {
            throw new AuthenticationServiceException("tries cannot be counted", e);
        }
        if (tooOften) {
            throw new TooManyAttemptsException();
        }
    }

    /** Digests have one length, and all of them are compared: the time it takes says nothing about any. */
    private static boolean isOneOf(Collection<byte[]> secrets, String text) {
        byte[] digest = digest(text);
        boolean found = false;
        for (byte[] secret : secrets) {
            found |= MessageDigest.isEqual(secret, digest);
        }
        return found;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static final class LongestUnseenGoes extends LinkedHashMap<String, Boolean> {

        LongestUnseenGoes() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    }
}
