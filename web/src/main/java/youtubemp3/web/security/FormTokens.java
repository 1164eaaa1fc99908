package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import youtubemp3.web.http.ClientAddress;

/**
 * What a plain form carries to show that it comes from a page of ours: the hour, and an HMAC over it and the client's
 * address. No session and no cookie: any replica can tell one that another has made.
 */
@Component
public class FormTokens {

    /** The name of the form's field. */
    public static final String FIELD = "form_token";

    private static final Pattern TOKEN = Pattern.compile("(\\d{1,10})\\.([\\w-]{43})");
    private static final int VALID_HOURS = 24;
    private static final String ALGORITHM = "HmacSHA256";

    private final FormKey key;
    private final InstantSource clock;

    FormTokens(FormKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** For a form in a page for this client; empty while there is no key. */
    String issue(HttpServletRequest request) {
        long hour = hour();
        return key.bytes().map(bytes -> hour + "." + mac(bytes, hour, request)).orElse("");
    }

    /** What became of a token. */
    public enum Verdict {
        VALID,
        /** Missing, wrong, of another client, or older than a day. */
        INVALID,
        /** Redis is away, and the key was never seen. */
        UNCLEAR
    }

    /** Judges the token that came with a form. */
    public Verdict check(String token, HttpServletRequest request) {
        Optional<byte[]> bytes = key.bytes();
        if (bytes.isEmpty()) {
            return Verdict.UNCLEAR;
        }
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Verdict.INVALID;
        }
        long hour = Long.parseLong(parts.group(1));
        long age = hour() - hour;
        // the clock of the replica that made it may be a little ahead
        boolean current = age >= -1 && age < VALID_HOURS;
        return current && isEqual(mac(bytes.get(), hour, request), parts.group(2)) ? Verdict.VALID : Verdict.INVALID;
    }

    private long hour() {
        return clock.instant().getEpochSecond() / 3600;
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mac(byte[] key, long hour, HttpServletRequest request) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signed = mac.doFinal((hour + " " + ClientAddress.of(request)).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
