package youtubemp3.web.limits;

import jakarta.servlet.http.HttpServletRequest;
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
import youtubemp3.web.system.ClientAddress;
import youtubemp3.web.system.Connections;

/**
 * How many files an address is being sent at the same time. The kernel sends them, long after the request was answered, so each
 * has a lease in Redis, which is renewed while the connection is seen to be sending. A process that dies leaves leases that run
 * out. A client that takes nothing for a while is not counted: a phone that lost its network does not stand in its own way when
 * it comes back. Should a file go on that was not counted, it is counted again; it is cut off if all places are taken by then.
 */
@Component
public class RunningDownloads {

    private static final Logger log = LoggerFactory.getLogger(RunningDownloads.class);

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration STALLED = Duration.ofSeconds(5);

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

    /**
     * ARGV is the limit, the lease in ms, how many members go on, those, then those that are not counted. Returns those that go
     * on and have no place: they had lost theirs, and others have taken it.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> RENEW = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local last = 3 + tonumber(ARGV[3])
            for i = last + 1, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            local refused = {}
            for i = 4, last do
              if redis.call('ZSCORE', KEYS[1], ARGV[i]) or redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
                redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[i])
              else
                table.insert(refused, ARGV[i])
              end
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return refused""", List.class);

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
                String.valueOf(settings.downloadsAtOnce()), String.valueOf(LEASE.toMillis()), download.member);
        Stream<String> over =
                Stream.concat(ended.stream(), Stream.ofNullable(before).map(one -> one.member));
        if (redis.execute(
                        BEGIN,
                        List.of(key(address)),
                        Stream.concat(arguments, over).toArray())
                == 0) {
            throw new TooManyRequestsException("Too many downloads are running for your address.");
        }
        running.put(connection, download);
    }

    /** Those of an address that have just ended, which the next renewal would tell only later. */
    private List<String> ended(String address) {
        if (running.values().stream().noneMatch(download -> download.address.equals(address))) {
            return List.of();
        }
        Map<String, Long> sending = connections.sending();
        return running.entrySet().stream()
                .filter(download -> download.getValue().address.equals(address))
                .filter(download -> !sending.containsKey(download.getKey()))
                .map(download -> download.getValue().member)
                .toList();
    }

    @Scheduled(fixedDelayString = "PT2S")
    void renew() {
        if (running.isEmpty()) {
            return;
        }
        Map<String, Download> before = Map.copyOf(running);
        Map<String, Long> sending = connections.sending();
        Map<String, Map<String, String>> goingOn = new HashMap<>();
        Map<String, List<String>> notCounted = new HashMap<>();
        before.forEach((connection, download) -> {
            Long position = sending.get(connection);
            if (position == null) {
                running.remove(connection, download);
            }
            if (position != null && download.moves(position)) {
                goingOn.computeIfAbsent(download.address, any -> new HashMap<>())
                        .put(download.member, connection);
            } else {
                notCounted
                        .computeIfAbsent(download.address, any -> new ArrayList<>())
                        .add(download.member);
            }
        });
        try {
            before.values().stream()
                    .map(download -> download.address)
                    .distinct()
                    .forEach(address -> renew(
                            address,
                            goingOn.getOrDefault(address, Map.of()),
                            notCounted.getOrDefault(address, List.of())));
        } catch (DataAccessException e) {
            log.warn("downloads are not counted while Redis is away");
        }
    }

    private void renew(String address, Map<String, String> goingOn, List<String> notCounted) {
        Stream<String> arguments = Stream.of(
                String.valueOf(settings.downloadsAtOnce()),
                String.valueOf(LEASE.toMillis()),
                String.valueOf(goingOn.size()));
        Stream<String> members = Stream.concat(goingOn.keySet().stream(), notCounted.stream());
        List<?> refused = redis.execute(
                RENEW, List.of(key(address)), Stream.concat(arguments, members).toArray());
        goingOn.forEach((member, connection) -> {
            Download now = running.get(connection);
            // it may have begun with another file by now
            if (refused.contains(member) && now != null && now.member.equals(member)) {
                connections.cut(connection);
            }
        });
    }

    private static String key(String address) {
        return "limit:downloads:" + address;
    }

    /** Looked at by one thread, that which renews. */
    private static final class Download {

        private final String address;
        private final String member;
        private long position;
        private long moved = System.nanoTime();

        Download(String address, String member) {
            this.address = address;
            this.member = member;
        }

        boolean moves(long now) {
            // below 0: a thread sends it, and nobody knows how far it is
            if (now != position || now < 0) {
                position = now;
                moved = System.nanoTime();
            }
            return System.nanoTime() - moved < STALLED.toNanos();
        }
    }
}
