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
 * Checks the shared secrets and limits how often an address may guess them. Each attempt, right or wrong, first counts against the
 * rate limit {@code guesses:<address>}, so that concurrent attempts gain nothing, and then, if that allows it, against {@code
 * guesses:all}, so that many addresses gain little. An authenticated client is remembered and not counted again: a page makes several
 * requests, and its script asks for the status every second.
 */
@Component
class SharedSecretAuthenticationProvider {

    private static final Limit TEN_A_MINUTE = Limit.of(10, Duration.ofMinutes(1));

    /**
     * Ten times the limit of an address. Legitimate users, who need one attempt each, stay far below; at this rate, a secret of twelve
     * random characters cannot be guessed from any number of addresses.
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
            throw new BadCredentialsException("wrong password or token");
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
            throw new AuthenticationServiceException("attempts cannot be counted", e);
        }
        if (tooOften) {
            throw new TooManyAttemptsException();
        }
    }

    /** Compares all digests, which have equal lengths, in constant time, so that the time reveals nothing. */
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
