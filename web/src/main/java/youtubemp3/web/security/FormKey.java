package youtubemp3.web.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * The key of the {@link FormTokens}: random, made once, and shared by all replicas through Redis. It lives for as long as
 * somebody uses it. Looked up at most every ten seconds, so that the start page does not wait for Redis.
 */
@Component
class FormKey {

    private static final Logger log = LoggerFactory.getLogger(FormKey.class);

    private static final String KEY = "{forms}:key";
    private static final int BYTES = 32;
    /** Longer than a token is valid. */
    private static final Duration LIFE = Duration.ofHours(48);

    /**
     * Reading renews its life. ARGV is a key to take where there is none, or what is there is none (32 bytes in Base64), and how
     * long it lives, in ms. In one step, so that all take the one that came first. A second part tells that another was replaced.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> READ = new DefaultRedisScript<>("""
            local key = redis.pcall('GET', KEYS[1])
            if type(key) == 'string' and #key == 44 and key:match('^[%w+/]+=$') then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              return {key}
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return key and {ARGV[1], 'replaced'} or {ARGV[1]}""", List.class);

    private static final Duration FRESH = Duration.ofSeconds(10);

    private final StringRedisTemplate redis;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Held held = new Held(null, Instant.MIN);

    FormKey(StringRedisTemplate redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** The key; while Redis is away the one that was known before, or none. */
    Optional<byte[]> bytes() {
        if (clock.instant().isAfter(held.until())) {
            refresh();
        }
        return Optional.ofNullable(held.key());
    }

    /** One at a time: whoever comes second finds what the first one brought. */
    private synchronized void refresh() {
        if (!clock.instant().isAfter(held.until())) {
            return;
        }
        byte @Nullable [] key = held.key();
        try {
            key = read();
        } catch (DataAccessException e) {
            log.warn("The key for forms cannot be read: {}", e.getMessage());
        }
        held = new Held(key, clock.instant().plus(FRESH));
    }

    private byte @Nullable [] read() {
        List<?> read = redis.execute(READ, List.of(KEY), fresh(), String.valueOf(LIFE.toMillis()));
        if (read.size() > 1) {
            UnreadableKeys.warn(KEY);
        }
        return Base64.getDecoder().decode((String) read.get(0));
    }

    private String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private record Held(byte @Nullable [] key, Instant until) {}
}
