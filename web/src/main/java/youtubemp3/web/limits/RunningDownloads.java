package youtubemp3.web.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.web.address.ClientAddress;

/**
 * Limits the concurrent downloads of an address. With sendfile the kernel sends a file after its request has ended. So each
 * download has a lease in Redis, which is renewed while the file is open: Tomcat closes it when it has been sent, when the
 * connection ends, or when the client has read nothing for 30 s. The leases of a process that dies expire.
 */
@Component
public class RunningDownloads {

    private static final Logger log = LoggerFactory.getLogger(RunningDownloads.class);

    private static final Duration LEASE = Duration.ofSeconds(10);

    /** ARGV is the limit, the lease in ms, the new member, then members that have ended. */
    private static final RedisScript<Long> BEGIN = new DefaultRedisScript<>(RedisClock.NOW + """
            for i = 3, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
            redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1""", Long.class);

    /** ARGV is the lease in ms, how many members go on, those, then those that have ended. */
    private static final RedisScript<Void> RENEW = new DefaultRedisScript<>(RedisClock.NOW + """
            local last = 2 + tonumber(ARGV[2])
            for i = 3, last do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end
            for i = last + 1, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])""");

    private final String replica = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong number = new AtomicLong();
    private final Map<Channel, Download> running = new ConcurrentHashMap<>();

    private final StringRedisTemplate redis;
    private final LimitSettings settings;

    RunningDownloads(StringRedisTemplate redis, LimitSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /**
     * Counts a download until its file is closed.
     *
     * @throws TooManyRequestsException when the address has reached its limit of concurrent downloads
     * @throws DataAccessException when Redis cannot be reached
     */
    public void begin(HttpServletRequest request, Channel file) {
        if (settings.downloadsAtOnce() == 0) {
            return;
        }
        String address = ClientAddress.of(request);
        Download download = new Download(address, replica + "-" + number.incrementAndGet());
        Stream<String> arguments = Stream.of(
                String.valueOf(settings.downloadsAtOnce()), String.valueOf(LEASE.toMillis()), download.member());
        if (redis.execute(
                        BEGIN,
                        List.of(key(address)),
                        Stream.concat(arguments, ended(address)).toArray())
                == 0) {
            throw new TooManyRequestsException();
        }
        running.put(file, download);
    }

    /** The members of an address whose files are closed; the next renewal removes them. */
    private Stream<String> ended(String address) {
        return running.entrySet().stream()
                .filter(entry -> !entry.getKey().isOpen())
                .map(Map.Entry::getValue)
                .filter(download -> download.address().equals(address))
                .map(Download::member);
    }

    @Scheduled(fixedDelayString = "PT2S")
    void renew() {
        if (running.isEmpty()) {
            return;
        }
        Map<Channel, Download> before = Map.copyOf(running);
        Map<String, List<String>> goingOn = new HashMap<>();
        Map<String, List<String>> ended = new HashMap<>();
        before.forEach((file, download) -> {
            boolean isOpen = file.isOpen();
            if (!isOpen) {
                running.remove(file);
            }
            (isOpen ? goingOn : ended)
                    .computeIfAbsent(download.address(), any -> new ArrayList<>())
                    .add(download.member());
        });
        try {
            before.values().stream()
                    .map(Download::address)
                    .distinct()
                    .forEach(address -> renew(
                            address, goingOn.getOrDefault(address, List.of()), ended.getOrDefault(address, List.of())));
        } catch (DataAccessException e) {
            log.warn("Running downloads are not counted while Redis cannot be reached: {}", e.getMessage());
        }
    }

    private void renew(String address, List<String> goingOn, List<String> ended) {
        Stream<String> arguments = Stream.of(String.valueOf(LEASE.toMillis()), String.valueOf(goingOn.size()));
        redis.execute(
                RENEW,
                List.of(key(address)),
                Stream.of(arguments, goingOn.stream(), ended.stream())
                        .flatMap(part -> part)
                        .toArray());
    }

    private static String key(String address) {
        return "limit:downloads:" + address;
    }

    private record Download(String address, String member) {}
}
