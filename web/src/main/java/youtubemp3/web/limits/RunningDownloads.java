package youtubemp3.web.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import youtubemp3.web.http.ClientAddress;
import youtubemp3.web.tomcat.Connections;

/**
 * How many files an address is being sent at the same time. The kernel sends them, long after the request was answered, so each
 * has a lease in Redis, which is renewed until the file has been sent or its connection has ended: Tomcat closes it when the
 * client takes no byte for 30 s. A process that dies leaves leases that run out.
 */
@Component
public class RunningDownloads {

    private static final Logger log = LoggerFactory.getLogger(RunningDownloads.class);

    private static final Duration LEASE = Duration.ofSeconds(10);

    /** ARGV is the limit, the lease in ms, the new member, then members that have ended. */
    private static final RedisScript<Long> BEGIN = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            for i = 3, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
            redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1""", Long.class);

    /** ARGV is the lease in ms, how many members go on, those, then those that have ended. */
    private static final RedisScript<Void> RENEW = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local last = 2 + tonumber(ARGV[2])
            for i = 3, last do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end
            for i = last + 1, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])""");

    private final String replica = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Download> running = new ConcurrentHashMap<>();

    private final Connections connections;
    private final StringRedisTemplate redis;
    private final LimitSettings settings;

    RunningDownloads(Connections connections, StringRedisTemplate redis, LimitSettings settings) {
        this.connections = connections;
        this.redis = redis;
        this.settings = settings;
    }

    /**
     * Counts the file that this request is about to be sent. It ends by itself.
     *
     * @throws TooManyRequestsException when the address is being sent as many as it may
     * @throws DataAccessException when Redis cannot be reached
     */
    public void begin(HttpServletRequest request) {
        if (settings.downloadsAtOnce() == 0) {
            return;
        }
        String connection = Connections.of(request);
        String address = ClientAddress.of(request);
        Download download = new Download(address, replica + "-" + connection + "-" + number.incrementAndGet());
        List<String> ended = ended(address);
        // a connection is sent one file after the other
        Download before = running.remove(connection);
        Stream<String> arguments = Stream.of(
                String.valueOf(settings.downloadsAtOnce()), String.valueOf(LEASE.toMillis()), download.member());
        Stream<String> over =
                Stream.concat(ended.stream(), Stream.ofNullable(before).map(Download::member));
        if (redis.execute(
                        BEGIN,
                        List.of(key(address)),
                        Stream.concat(arguments, over).toArray())
                == 0) {
            throw new TooManyRequestsException();
        }
        running.put(connection, download);
    }

    /** Those of an address that have just ended, which the next renewal would tell only later. */
    private List<String> ended(String address) {
        if (running.values().stream().noneMatch(download -> download.address().equals(address))) {
            return List.of();
        }
        Set<String> sending = connections.sending();
        return running.entrySet().stream()
                .filter(download -> download.getValue().address().equals(address))
                .filter(download -> !sending.contains(download.getKey()))
                .map(download -> download.getValue().member())
                .toList();
    }

    @Scheduled(fixedDelayString = "PT2S")
    void renew() {
        if (running.isEmpty()) {
            return;
        }
        // before the connections are looked at: what begins in between is not taken for over
        Map<String, Download> before = Map.copyOf(running);
        Set<String> sending = connections.sending();
        Map<String, List<String>> goingOn = new HashMap<>();
        Map<String, List<String>> ended = new HashMap<>();
        before.forEach((connection, download) -> {
            boolean over = !sending.contains(connection);
            if (over) {
                running.remove(connection, download);
            }
            (over ? ended : goingOn)
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
            log.warn("downloads are not counted while Redis is away");
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
