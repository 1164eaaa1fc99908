package youtubemp3.web.submit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;

/**
 * Derives the id of a job from its video and output, so that the same wish finds the job that is there: a UUID of version 8 (RFC 9562,
 * section 5.8) out of an HMAC. Its key, {@code {jobs}:secret} in Redis, keeps the ids of other clients' files from being guessed.
 */
@Component
class ConversionIds {

    private static final String KEY = "{jobs}:secret";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** How long the key is not read again. Only when Redis has lost it is there another. */
    private static final Duration KEEP = Duration.ofMinutes(1);

    private static final RedisScript<String> GET_OR_SET = new DefaultRedisScript<>("""
            local key = redis.pcall('GET', KEYS[1])
            if type(key) == 'string' and #key == #ARGV[1] then return key end
            redis.call('SET', KEYS[1], ARGV[1])
            return ARGV[1]""", String.class);

    private final StringRedisTemplate redis;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Key key;

    ConversionIds(StringRedisTemplate redis) {
        this.redis = redis;
    }

    private record Key(byte[] bytes, long readAt) {}

    /**
     * The id of the job with this output of the video.
     *
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    UUID of(VideoId video, OutputOptions output) {
        // unambiguous: the only free text, an album's title, is followed by the number of the track and nothing else
        String conversion = video + " " + output.fields();
        ByteBuffer hash = ByteBuffer.wrap(hmac(key(), conversion.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & ~0xF000L | 0x8000L;
        long low = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
        return new UUID(high, low);
    }

    private byte[] key() {
        Key known = key;
        if (known == null || System.nanoTime() - known.readAt() > KEEP.toNanos()) {
            byte[] proposed = new byte[KEY_BYTES];
            random.nextBytes(proposed);
            HexFormat hex = HexFormat.of();
            String stored = redis.execute(GET_OR_SET, List.of(KEY), hex.formatHex(proposed));
            known = new Key(stored.getBytes(StandardCharsets.US_ASCII), System.nanoTime());
            key = known;
        }
        return known.bytes();
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
