package youtubemp3.jobs.status;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * The statuses in Redis: {@code <uuid>} holds the status, the hash {@code job:<uuid>} its details; both live equally long.
 *
 * <p>A worker that begins an attempt draws a token. Every later write of that attempt carries it and is refused once
 * another attempt has begun, so a worker that slept through its lease changes nothing any more.
 *
 * <p>A job in which nothing has moved for the longest wait has failed. The sorted set {@code {jobs}:open} says when that is,
 * a score for each job that is ONQUEUE; its status lives some time longer, so that it ends as FAILED and never just vanishes.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class JobStatuses {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final String OPEN = "{jobs}:open";

    /** How much longer than the longest wait an ONQUEUE lives: as long as web may be away. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private static final Failure WAITED_TOO_LONG =
            new Failure("WAITED_TOO_LONG", "Nobody could convert this video in time. Please try again.");

    /** Stands before every script: the keys by name, and the time by Redis' clock in ms. */
    private static final String NAMES = """
            local status, job, open = KEYS[1], KEYS[2], KEYS[3]
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    /** The job ARGV[3] has failed in ARGV[1] ms, unless that is empty; its keys live for ARGV[2] ms. */
    private static final String STAYS_OPEN = """
            redis.call('SET', status, 'ONQUEUE', 'PX', ARGV[2])
            redis.call('PEXPIRE', job, ARGV[2])
            if ARGV[1] ~= '' then redis.call('ZADD', open, now + ARGV[1], ARGV[3]) end
            """;

    /** What is no hash, or no status, is none of ours: a job's keys are written anew. */
    private static final String ONLY_OURS = """
            if type(redis.pcall('HGET', job, 'token')) == 'table' then redis.call('DEL', job) end
            """;

    private static final RedisScript<Long> ON_QUEUE = script(ONLY_OURS + """
            redis.call('HDEL', job, 'failure', 'reason', 'eta')
            redis.call('HSET', job, 'video', ARGV[4], 'stage', 'waiting', 'percent', 0)
            """ + STAYS_OPEN + "return 1");

    private static final RedisScript<Long> BEGIN = script("""
            if redis.pcall('GET', status) ~= 'ONQUEUE' then return 0 end
            """ + ONLY_OURS + """
            redis.call('HDEL', job, 'failure', 'reason', 'eta')
            redis.call('HSET', job, 'attempt', ARGV[4], 'stage', 'fetching', 'percent', 0)
            local token = redis.pcall('HINCRBY', job, 'token', 1)
            if type(token) == 'table' then
              redis.call('HSET', job, 'token', 1)
              token = 1
            end
            """ + STAYS_OPEN + "return token");

    /**
     * What an attempt writes begins with: is it the newest, and has the job not ended? Who tells an end twice, as the first
     * answer was lost, is told yes. ARGV[4] is its token, then come fields and values.
     */
    private static final String NEWEST = """
            if redis.pcall('HGET', job, 'token') ~= ARGV[4] then return 0 end
            local before = redis.pcall('GET', status)
            if before ~= 'ONQUEUE' then return before == ARGV[1] and 1 or 0 end
            for i = 5, #ARGV, 2 do
              if ARGV[i + 1] == '' then redis.call('HDEL', job, ARGV[i])
              else redis.call('HSET', job, ARGV[i], ARGV[i + 1]) end
            end
            """;

    private static final RedisScript<Long> WRITE = script(NEWEST + STAYS_OPEN + "return 1");

    /** The last write: ARGV[1] is the status, ARGV[2] how long it is kept. */
    private static final RedisScript<Long> END = script(NEWEST + """
            redis.call('SET', status, ARGV[1], 'PX', ARGV[2])
            redis.call('PEXPIRE', job, ARGV[2])
            redis.call('ZREM', open, ARGV[3])
            return 1""");

    private static final RedisScript<Long> FORGET = script("""
            redis.call('DEL', status, job)
            return redis.call('ZREM', open, ARGV[1])""");

    /** The token goes up, so that an attempt that is still there after all changes nothing any more. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> FAIL_OVERDUE = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local failed = {}
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1000)) do
              redis.call('ZREM', KEYS[1], id)
              if redis.pcall('GET', id) == 'ONQUEUE' then
                redis.call('SET', id, 'FAILED', 'PX', ARGV[1])
                local token = redis.pcall('HINCRBY', 'job:' .. id, 'token', 1)
                if type(token) == 'table' then redis.call('DEL', 'job:' .. id) end
                redis.call('HDEL', 'job:' .. id, 'eta')
                redis.call('HSET', 'job:' .. id, 'stage', 'failed', 'failure', ARGV[2], 'reason', ARGV[3])
                redis.call('PEXPIRE', 'job:' .. id, ARGV[1])
                failed[#failed + 1] = id
              end
            end
            return failed""", List.class);

    private final StringRedisTemplate redis;
    private final JobSettings settings;

    public JobStatuses(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** Writes ONQUEUE for a job that is about to be enqueued. */
    public void onQueue(Job job) {
        open(ON_QUEUE, job.id(), settings.longestWait(), job.video().value());
    }

    /** Takes back the status of a job that could not be enqueued. */
    public void forget(UUID id) {
        run(FORGET, id, id.toString());
    }

    /** Ends every job that nobody has worked on for the longest wait, and says which. */
    public List<String> failOverdue() {
        List<?> failed = redis.execute(
                FAIL_OVERDUE,
                List.of(OPEN),
                millis(settings.keepFailed()),
                WAITED_TOO_LONG.kind(),
                WAITED_TOO_LONG.reason());
        return failed.stream().map(String.class::cast).toList();
    }

    /** What is known of a job; empty when there never was one, or its time is over. */
    public Optional<JobStatus> find(UUID id) {
        Optional<Status> status = UnreadableKeys.orElse(
                Optional.empty(),
                id.toString(),
                () -> status(id, redis.opsForValue().get(id.toString())));
        return status.map(known -> {
            String key = detailsKey(id);
            Map<String, String> details = UnreadableKeys.orElse(
                    Map.of(), key, () -> redis.<String, String>opsForHash().entries(key));
            return read(key, known, details);
        });
    }

    /**
     * Begins an attempt.
     *
     * @return the token for its further writes; empty when the job waits no more: it has finished, failed or expired
     */
    public OptionalLong begin(UUID id, int attempt) {
        long token = open(BEGIN, id, null, String.valueOf(attempt));
        return token == 0 ? OptionalLong.empty() : OptionalLong.of(token);
    }

    /** Tells title and artist, once known. False when the attempt is not the newest any more. */
    public boolean found(UUID id, long token, Track track) {
        return write(id, token, null, "title", track.title(), "artist", track.artist());
    }

    /** Tells how far the attempt is, and keeps the job open. False when the attempt is not the newest any more. */
    public boolean progress(UUID id, long token, Progress progress) {
        return write(id, token, settings.longestWait(), fields(progress));
    }

    /** The file is there. False when the attempt is not the newest any more, and nothing was written. */
    public boolean finish(UUID id, long token) {
        return end(id, token, Status.FINISH, settings.keepFinished(), fields(new Progress(Stage.FINISHED, 100, null)));
    }

    /** There will be no file. False when the attempt is not the newest any more, and nothing was written. */
    public boolean fail(UUID id, long token, Failure failure) {
        return end(id, token, Status.FAILED, settings.keepFailed(), fields(Stage.FAILED, failure));
    }

    /** The next attempt is due after the delay. False when the attempt is not the newest any more. */
    public boolean retry(UUID id, long token, Failure failure, Duration delay) {
        return write(id, token, settings.longestWait().plus(delay), fields(Stage.RETRYING, failure));
    }

    /** The attempt ends unfinished and uncounted; the job waits for another worker. */
    public boolean handBack(UUID id, long token) {
        return write(id, token, null, fields(new Progress(Stage.WAITING, 0, null)));
    }

    private boolean write(UUID id, long token, @Nullable Duration wait, String... fields) {
        return open(WRITE, id, wait, arguments(token, fields)) == 1;
    }

    private boolean end(UUID id, long token, Status status, Duration keep, String... fields) {
        String[] arguments = arguments(token, fields);
        return run(END, id, concat(new String[] {status.name(), millis(keep), id.toString()}, arguments)) == 1;
    }

    /** Runs a script after which the job is open, until the wait is over; where it is null, for as long as it was before. */
    private long open(RedisScript<Long> script, UUID id, @Nullable Duration wait, String... more) {
        Duration keep = settings.longestWait().plus(MARGIN);
        String[] common = {wait == null ? "" : millis(wait), millis(keep), id.toString()};
        return run(script, id, concat(common, more));
    }

    private static String[] arguments(long token, String... fields) {
        return concat(new String[] {String.valueOf(token)}, fields);
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
    }

    private long run(RedisScript<Long> script, UUID id, String... arguments) {
        return redis.execute(script, List.of(id.toString(), detailsKey(id), OPEN), (Object[]) arguments);
    }

    private static String[] fields(Stage stage, Failure failure) {
        return new String[] {
            "stage", stage.text(), "percent", "0", "eta", "", "failure", failure.kind(), "reason", failure.reason()
        };
    }

    private static String[] fields(Progress progress) {
        Duration eta = progress.eta();
        return new String[] {
            "stage", progress.stage().text(),
            "percent", String.valueOf(progress.percent()),
            "eta", eta == null ? "" : String.valueOf(eta.toSeconds())
        };
    }

    private static Optional<Status> status(UUID id, @Nullable String text) {
        Optional<Status> status = Arrays.stream(Status.values())
                .filter(known -> known.name().equals(text))
                .findFirst();
        if (text != null && status.isEmpty()) {
            UnreadableKeys.tell(id.toString());
        }
        return status;
    }

    private static JobStatus read(String key, Status status, Map<String, String> details) {
        Integer eta = number(key, details.get("eta"));
        Progress progress = new Progress(
                stage(key, details.get("stage")).orElseGet(() -> stageOf(status)),
                Objects.requireNonNullElse(number(key, details.get("percent")), 0),
                eta == null ? null : Duration.ofSeconds(eta));
        String title = details.get("title");
        String kind = details.get("failure");
        return new JobStatus(
                status,
                progress,
                videoId(details.get("video")),
                title == null ? null : new Track(title, details.getOrDefault("artist", "")),
                Objects.requireNonNullElse(number(key, details.get("attempt")), 0),
                kind == null ? null : new Failure(kind, details.getOrDefault("reason", "")));
    }

    private static Optional<Stage> stage(String key, @Nullable String text) {
        Optional<Stage> stage = text == null ? Optional.empty() : Stage.parse(text);
        if (text != null && stage.isEmpty()) {
            UnreadableKeys.tell(key);
        }
        return stage;
    }

    /** Null where there is none, or what is there is none of ours. */
    private static @Nullable Integer number(String key, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            UnreadableKeys.tell(key);
            return null;
        }
        return Integer.valueOf(text);
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

    private static String detailsKey(UUID id) {
        return "job:" + id;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static RedisScript<Long> script(String text) {
        return new DefaultRedisScript<>(NAMES + text, Long.class);
    }
}
