package youtubemp3.jobs.playlist;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.jobs.redis.UnreadableKeys;
import youtubemp3.jobs.status.QueueFullException;

/**
 * The playlists that are listed or wait for it: a queue of its own, in Redis with every broker. A listing takes seconds and has no
 * promise: it is asked for again by the page that waits for it, and forgotten when nothing does.
 *
 * <p>The hash {@code playlist:<id>} holds the state, and expires. The sorted set {@code {jobs}:playlists} holds those that wait, by the
 * time from which a worker may take them. A worker that takes one postpones it by a lease, so that another takes it if the first
 * dies.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class Playlists {

    private static final String KEY = "{jobs}:playlists";
    private static final String PREFIX = "playlist:";

    /** How many playlists may wait. */
    private static final int CAPACITY = 100;

    /** A playlist that has been taken so often, and never listed, ends its workers. */
    private static final int MAX_ATTEMPTS = 3;

    /** How long a listed playlist is kept, and how long one waits that is not requested again. */
    private static final Duration KEEP = Duration.ofMinutes(10);

    /** Short, since most failures pass, and a person who tries again should not get an old answer. */
    private static final Duration KEEP_FAILED = Duration.ofMinutes(1);

    /** Beginning of every script. A value of another type under the set's key is deleted. */
    private static final String QUEUE = RedisClock.NOW + """
            local queue = KEYS[1]
            if type(redis.pcall('ZCARD', queue)) == 'table' then redis.call('DEL', queue) end
            """;

    /** Beginning of every script on one playlist, whose id is ARGV[1]. A value of another type under its key is deleted. */
    private static final String PLAYLIST = QUEUE + """
            local playlist = KEYS[2]
            local state = redis.pcall('HGET', playlist, 'state')
            if type(state) == 'table' then redis.call('DEL', playlist) state = false end
            """;

    /** ARGV[2] is how long it waits, in ms, and ARGV[3] how many may. Those that are not requested any more make room. */
    private static final RedisScript<Long> REQUEST = script(PLAYLIST + """
            if state == 'LISTED' or state == 'FAILED' then return 1 end
            if not state or not redis.call('ZSCORE', queue, ARGV[1]) then
              if redis.call('ZCARD', queue) >= tonumber(ARGV[3]) then
                for _, id in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
                  if redis.call('EXISTS', 'playlist:' .. id) == 0 then redis.call('ZREM', queue, id) end
                end
                if redis.call('ZCARD', queue) >= tonumber(ARGV[3]) then return 0 end
              end
              redis.call('DEL', playlist)
              redis.call('HSET', playlist, 'state', 'WAITING')
              redis.call('ZADD', queue, 'NX', now, ARGV[1])
            end
            redis.call('PEXPIRE', playlist, ARGV[2])
            return 1""", Long.class);

    private static final RedisScript<Long> DUE =
            script(QUEUE + "return redis.call('ZCOUNT', queue, '-inf', now)", Long.class);

    /** ARGV is the lease in ms, how often one may be taken, its failure after that, the failure's arguments, and its life in ms. */
    private static final RedisScript<String> TAKE = script(QUEUE + """
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', now)) do
              local playlist = 'playlist:' .. id
              if redis.pcall('HGET', playlist, 'state') ~= 'WAITING' then
                redis.call('ZREM', queue, id)
              else
                local attempt = redis.pcall('HINCRBY', playlist, 'attempt', 1)
                if type(attempt) == 'table' then
                  attempt = 1
                  redis.call('HSET', playlist, 'attempt', attempt)
                end
                if attempt <= tonumber(ARGV[2]) then
                  redis.call('ZADD', queue, now + ARGV[1], id)
                  return id
                end
                redis.call('ZREM', queue, id)
                redis.call('HSET', playlist, 'state', 'FAILED', 'failure', ARGV[3], 'arguments', ARGV[4])
                redis.call('PEXPIRE', playlist, ARGV[5])
              end
            end
            return nil""", String.class);

    /** ARGV[2] is the lease in ms. */
    private static final RedisScript<Long> RENEW =
            script(QUEUE + "return redis.call('ZADD', queue, 'XX', 'CH', now + ARGV[2], ARGV[1])", Long.class);

    private static final RedisScript<Long> PUT_BACK = script(PLAYLIST + """
            redis.call('ZADD', queue, 'XX', now, ARGV[1])
            if state and redis.pcall('HINCRBY', playlist, 'attempt', -1) == -1 then redis.call('HSET', playlist, 'attempt', 0) end
            return 1""", Long.class);

    /** ARGV[2] is its life in ms; fields and values follow, with the state first. Nothing replaces a playlist that is listed. */
    private static final RedisScript<Long> END = script(PLAYLIST + """
            redis.call('ZREM', queue, ARGV[1])
            if state == 'LISTED' then return 0 end
            redis.call('DEL', playlist)
            redis.call('HSET', playlist, unpack(ARGV, 3))
            redis.call('PEXPIRE', playlist, ARGV[2])
            return 1""", Long.class);

    private static final JsonMapper JSON = new JsonMapper();

    private final StringRedisTemplate redis;

    public Playlists(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Requests a playlist, unless it waits, is listed or has failed already. While it waits, the request has to be repeated within ten
     * minutes.
     *
     * @throws QueueFullException when too many playlists wait; nothing was written
     */
    public void request(PlaylistId id) {
        if (find(id).isEmpty()) {
            // it may be there, but not readable
            redis.delete(key(id));
        }
        long accepted = redis.execute(REQUEST, keys(id), id.toString(), millis(KEEP), String.valueOf(CAPACITY));
        if (accepted == 0) {
            throw new QueueFullException(CAPACITY + " playlists wait", false);
        }
    }

    /** What has become of a request; empty if there is none, or it is over. */
    public Optional<Listing> find(PlaylistId id) {
        String key = key(id);
        Map<String, String> fields = UnreadableKeys.orElse(
                Map.of(), key, () -> redis.<String, String>opsForHash().entries(key));
        Optional<Listing> listing =
                switch (fields.getOrDefault("state", "")) {
                    case "WAITING" -> Optional.of(new Listing(Listing.State.WAITING, null, null));
                    case "LISTED" ->
                        playlist(id, fields).map(playlist -> new Listing(Listing.State.LISTED, playlist, null));
                    case "FAILED" -> failure(fields).map(failure -> new Listing(Listing.State.FAILED, null, failure));
                    default -> Optional.empty();
                };
        if (listing.isEmpty() && !fields.isEmpty()) {
            UnreadableKeys.warn(key);
        }
        return listing;
    }

    /** The number of playlists that wait, including those that workers list at this moment. */
    public long waiting() {
        Long count = UnreadableKeys.orElse(0L, KEY, () -> redis.opsForZSet().zCard(KEY));
        return count == null ? 0 : count;
    }

    /** Whether a worker could take a playlist now. */
    public boolean isDue() {
        return redis.execute(DUE, List.of(KEY)) > 0;
    }

    /**
     * Takes the playlist that has waited longest. It is taken again when the lease has expired. One that was taken three times fails.
     *
     * @return empty if none waits
     */
    public Optional<PlaylistId> take(Duration lease) {
        Failure lost = new Failure("WORKER_LOST");
        @Nullable
        String taken = redis.execute(
                TAKE,
                List.of(KEY),
                millis(lease),
                String.valueOf(MAX_ATTEMPTS),
                lost.kind(),
                lost.argumentsAsJson(),
                millis(KEEP_FAILED));
        return Optional.ofNullable(taken).flatMap(PlaylistId::parse);
    }

    /** Renews the lease of a playlist that was taken. */
    public void renew(PlaylistId id, Duration lease) {
        redis.execute(RENEW, List.of(KEY), id.toString(), millis(lease));
    }

    /** Returns a playlist that was taken and not listed; this does not count. */
    public void putBack(PlaylistId id) {
        redis.execute(PUT_BACK, keys(id), id.toString());
    }

    /** Stores a playlist that was listed, for ten minutes. */
    public void complete(Playlist playlist) {
        redis.execute(
                END,
                keys(playlist.id()),
                playlist.id().toString(),
                millis(KEEP),
                "state",
                Listing.State.LISTED.name(),
                "title",
                playlist.title(),
                "entries",
                JSON.writeValueAsString(playlist.entries()),
                "cut",
                String.valueOf(playlist.cut()));
    }

    /** Stores why a playlist cannot be listed, for a minute, unless another worker has listed it. */
    public void fail(PlaylistId id, Failure failure) {
        redis.execute(
                END,
                keys(id),
                id.toString(),
                millis(KEEP_FAILED),
                "state",
                Listing.State.FAILED.name(),
                "failure",
                failure.kind(),
                "arguments",
                failure.argumentsAsJson());
    }

    private static Optional<Playlist> playlist(PlaylistId id, Map<String, String> fields) {
        String title = fields.get("title");
        String entries = fields.get("entries");
        if (title == null || entries == null) {
            return Optional.empty();
        }
        try {
            List<Entry> read = List.of(JSON.readValue(entries, Entry[].class));
            return Optional.of(new Playlist(id, title, read, "true".equals(fields.get("cut"))));
        } catch (JacksonException | NullPointerException e) {
            // an array may contain null
            return Optional.empty();
        }
    }

    private static Optional<Failure> failure(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("failure"))
                .map(kind -> Failure.ofFields(kind, fields.get("arguments"), null));
    }

    private static List<String> keys(PlaylistId id) {
        return List.of(KEY, key(id));
    }

    private static String key(PlaylistId id) {
        return PREFIX + id;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(text, result);
    }
}
