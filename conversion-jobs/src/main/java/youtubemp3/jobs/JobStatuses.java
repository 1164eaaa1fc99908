package youtubemp3.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The statuses in Redis: {@code <uuid>} holds the status, the hash {@code job:<uuid>} its details; both live equally long.
 *
 * <p>A worker that begins an attempt draws a token. Every later write of that attempt carries it and is refused once
 * another attempt has begun, so a worker that slept through its lease changes nothing any more.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class JobStatuses {

    private static final RedisScript<Long> ON_QUEUE = script("""
            redis.call('SET', KEYS[1], 'ONQUEUE', 'PX', ARGV[1])
            redis.call('HSET', KEYS[2], 'video', ARGV[2], 'stage', 'waiting', 'percent', 0)
            redis.call('PEXPIRE', KEYS[2], ARGV[1])
            return 1""");

    private static final RedisScript<Long> BEGIN = script("""
            if redis.call('GET', KEYS[1]) ~= 'ONQUEUE' then return 0 end
            redis.call('HDEL', KEYS[2], 'failure', 'reason', 'eta')
            redis.call('HSET', KEYS[2], 'attempt', ARGV[2], 'stage', 'fetching', 'percent', 0)
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            local token = redis.call('HINCRBY', KEYS[2], 'token', 1)
            redis.call('PEXPIRE', KEYS[2], ARGV[1])
            return token""");

    /** Everything an attempt writes: ARGV is its token, the status, the time to live, then fields and values. */
    private static final RedisScript<Long> WRITE = script("""
            if redis.call('HGET', KEYS[2], 'token') ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            for i = 4, #ARGV, 2 do
              if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[2], ARGV[i])
              else redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
            end
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return 1""");

    private final StringRedisTemplate redis;
    private final JobSettings settings;

    public JobStatuses(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** Writes ONQUEUE for a job that is about to be enqueued. */
    public void onQueue(Job job) {
        run(ON_QUEUE, job.id(), millis(settings.longestWait()), job.video().value());
    }

    /** Takes back the status of a job that could not be enqueued. */
    public void forget(UUID id) {
        redis.delete(keys(id));
    }

    /** What is known of a job; empty when there never was one, or its time is over. */
    public Optional<JobStatus> find(UUID id) {
        String status = redis.opsForValue().get(id.toString());
        if (status == null) {
            return Optional.empty();
        }
        Map<String, String> details = redis.<String, String>opsForHash().entries(detailsKey(id));
        return Optional.of(read(Status.valueOf(status), details));
    }

    /**
     * Begins an attempt.
     *
     * @return the token for its further writes; empty when the job waits no more: it has finished, failed or expired
     */
    public OptionalLong begin(UUID id, int attempt) {
        long token = run(BEGIN, id, millis(settings.longestWait()), String.valueOf(attempt));
        return token == 0 ? OptionalLong.empty() : OptionalLong.of(token);
    }

    /** Tells title and artist, once known. False when the attempt is not the newest any more. */
    public boolean found(UUID id, long token, Track track) {
        return write(
                id, token, Status.ONQUEUE, settings.longestWait(), "title", track.title(), "artist", track.artist());
    }

    /** Tells how far the attempt is, and keeps the status alive. False when it is not the newest any more. */
    public boolean progress(UUID id, long token, Progress progress) {
        return write(id, token, Status.ONQUEUE, settings.longestWait(), fields(progress));
    }

    /** The file is there. False when the attempt is not the newest any more, and nothing was written. */
    public boolean finish(UUID id, long token) {
        return write(
                id, token, Status.FINISH, settings.keepFinished(), fields(new Progress(Stage.FINISHED, 100, null)));
    }

    /** There will be no file. False when the attempt is not the newest any more, and nothing was written. */
    public boolean fail(UUID id, long token, Failure failure) {
        return write(
                id,
                token,
                Status.FAILED,
                settings.keepFailed(),
                "stage",
                Stage.FAILED.text(),
                "eta",
                "",
                "failure",
                failure.kind(),
                "reason",
                failure.reason());
    }

    /** The next attempt is due after the delay. False when the attempt is not the newest any more. */
    public boolean retry(UUID id, long token, Failure failure, Duration delay) {
        return write(
                id,
                token,
                Status.ONQUEUE,
                settings.longestWait().plus(delay),
                "stage",
                Stage.RETRYING.text(),
                "percent",
                "0",
                "eta",
                "",
                "failure",
                failure.kind(),
                "reason",
                failure.reason());
    }

    /** The attempt ends unfinished and uncounted; the job waits for another worker. */
    public boolean handBack(UUID id, long token) {
        return write(id, token, Status.ONQUEUE, settings.longestWait(), fields(new Progress(Stage.WAITING, 0, null)));
    }

    private boolean write(UUID id, long token, Status status, Duration timeToLive, String... fields) {
        String[] arguments = new String[fields.length + 3];
        arguments[0] = String.valueOf(token);
        arguments[1] = status.name();
        arguments[2] = millis(timeToLive);
        System.arraycopy(fields, 0, arguments, 3, fields.length);
        return run(WRITE, id, arguments) == 1;
    }

    private long run(RedisScript<Long> script, UUID id, String... arguments) {
        return redis.execute(script, keys(id), (Object[]) arguments);
    }

    private static String[] fields(Progress progress) {
        Duration eta = progress.eta();
        return new String[] {
            "stage", progress.stage().text(),
            "percent", String.valueOf(progress.percent()),
            "eta", eta == null ? "" : String.valueOf(eta.toSeconds())
        };
    }

    private static JobStatus read(Status status, Map<String, String> details) {
        String stage = details.get("stage");
        String eta = details.get("eta");
        Progress progress = new Progress(
                stage == null ? stageOf(status) : Stage.parse(stage),
                Integer.parseInt(details.getOrDefault("percent", "0")),
                eta == null ? null : Duration.ofSeconds(Long.parseLong(eta)));
        String title = details.get("title");
        String kind = details.get("failure");
        return new JobStatus(
                status,
                progress,
                videoId(details.get("video")),
                title == null ? null : new Track(title, details.getOrDefault("artist", "")),
                Integer.parseInt(details.getOrDefault("attempt", "0")),
                kind == null ? null : new Failure(kind, details.getOrDefault("reason", "")));
    }

    /** For a status whose details are gone. */
    private static Stage stageOf(Status status) {
        return switch (status) {
            case ONQUEUE -> Stage.WAITING;
            case FINISH -> Stage.FINISHED;
            case FAILED -> Stage.FAILED;
        };
    }

    private static @Nullable VideoId videoId(@Nullable String text) {
        return text == null ? null : VideoId.parse(text).orElse(null);
    }

    private static List<String> keys(UUID id) {
        return List.of(id.toString(), detailsKey(id));
    }

    private static String detailsKey(UUID id) {
        return "job:" + id;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static RedisScript<Long> script(String text) {
        return new DefaultRedisScript<>(text, Long.class);
    }
}
