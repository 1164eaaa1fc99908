package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;
import youtubemp3.web.address.ClientAddress;

/**
 * Checks the shared secrets, and limits how often an address may try. Every try, right or wrong, costs a token of the bucket {@code
 * guesses:<address>} before it is answered, so that many tries at the same time win nothing. Then it costs one of {@code
 * guesses:all}, so that many addresses win little; an address without tokens takes none of these. A client that has been
 * authenticated once is known and pays no more: a page is several requests, and its script asks for the status every second.
 */
@Component
class SharedSecretAuthenticationProvider {

    private static final Limit TEN_A_MINUTE = Limit.of(10, Duration.ofMinutes(1));

    /**
     * Ten addresses' worth. Newcomers of a large household, each of them one try, are far fewer; guesses at a secret of twelve
     * random characters come to nothing at this rate, whatever the number of addresses.
     */
    private static final Limit HUNDRED_A_MINUTE = Limit.of(100, Duration.ofMinutes(1));

    private static final int MAX_KNOWN = 10_000;

    private final List<byte[]> passwords;
    private final List<byte[]> tokens;
    private final RateLimits limits;
    private final ConcurrentLruCache<String, Boolean> known = new ConcurrentLruCache<>(MAX_KNOWN, visitor -> true);

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
     * Authenticates a request.
     *
     * @param shown the password, or a {@link BearerToken}
     * @throws AuthenticationException when the secret is wrong, was tried too often, or cannot be checked without Redis
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
        // adds it
        known.get(visitor);
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
}
