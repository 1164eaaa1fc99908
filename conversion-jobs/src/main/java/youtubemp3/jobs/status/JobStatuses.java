package youtubemp3.jobs.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.redis.RedisClock;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * Stores the statuses of jobs in Redis: the key {@code <uuid>} holds the status, the hash {@code job:<uuid>} the details; both
 * expire together. It also counts the open jobs and the attempts at each, independently of the broker.
 *
 * <p>{@link #begin} issues a fencing token. Every later write of the attempt carries it and is rejected once another attempt has
 * begun, so a worker that was suspended beyond its lease cannot change the status. The first token is the time, since a job may be
 * submitted anew under its id when its keys have expired, while a worker has slept.
 *
 * <p>A job without progress for {@link JobSettings#maxWait} fails. The sorted set {@code {jobs}:open} holds every job that is
 * ONQUEUE, by its deadline; its status expires later, so that it ends as FAILED rather than vanish.
 *
 * <p>Every method throws {@link org.springframework.dao.DataAccessException} when Redis cannot be reached.
 */
public class JobStatuses {

    /** How long ONQUEUE outlives the maximum wait: web, which fails overdue jobs, may be down for so long. */
    static final Duration MARGIN = Duration.ofDays(1);

    /** Prefix of every script on one job, which names the keys. */
    private static final String NAMES =
            RedisClock.NOW + "local status, job, open, of_client, failures, wishes, outbox = unpack(KEYS)\n";

    /** Keeps the job ARGV[3] open for ARGV[1] ms, or, if that is empty, until its present deadline. Its keys expire in ARGV[2] ms. */
    private static final String STAYS_OPEN = """
            redis.call('SET', status, 'ONQUEUE', 'PX', ARGV[2])
            redis.call('PEXPIRE', job, ARGV[2])
            if ARGV[1] ~= '' then redis.call('ZADD', open, now + ARGV[1], ARGV[3]) end
            """;

    /** A value of another type under the job's key is replaced. */
    private static final String ONLY_HASH = """
            if type(redis.pcall('HGET', job, 'token')) == 'table' then redis.call('DEL', job) end
            """;

    /**
     * ARGV[4] is the maximum number of open jobs, ARGV[5] that of this client; 0 means unlimited. Fields and values follow. Jobs
     * that are no longer open are removed from the client's set.
     */
    private static final RedisScript<String> ON_QUEUE =
            script("""
            if redis.pcall('GET', status) == 'ONQUEUE' then return 'WAS_OPEN' end
            """ + ONLY_HASH + """
            local capacity, share = tonumber(ARGV[4]), tonumber(ARGV[5])
            if capacity > 0 and redis.call('ZCARD', open) >= capacity then return 'QUEUE_FULL' end
            if share > 0 then
              local mine = redis.pcall('SMEMBERS', of_client)
              if mine.err then redis.call('DEL', of_client) mine = {} end
              for _, id in ipairs(mine) do
                if not redis.call('ZSCORE', open, id) then redis.call('SREM', of_client, id) end
              end
              if redis.call('SCARD', of_client) >= share then return 'SHARE_FULL' end
              redis.call('SADD', of_client, ARGV[3])
              redis.call('PEXPIRE', of_client, ARGV[2])
            end
            redis.call('HDEL', job, 'failure', 'arguments', 'reason', 'eta', 'attempt')
            redis.call('HSET', job, unpack(ARGV, 6))
            redis.call('ZADD', outbox, now, ARGV[3])
            """ + STAYS_OPEN + "return 'OPEN'", String.class);

    /** The number of open jobs, and of those of this client. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> COUNT = script("""
            local mine, count = redis.pcall('SMEMBERS', of_client), 0
            for _, id in ipairs(mine.err and {} or mine) do
              if redis.call('ZSCORE', open, id) then count = count + 1 end
            end
            return {redis.call('ZCARD', open), count}""", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> BEGIN =
            script("""
            if redis.pcall('GET', status) ~= 'ONQUEUE' then return {} end
            """ + ONLY_HASH + """
            redis.call('HDEL', job, 'failure', 'arguments', 'reason', 'eta')
            redis.call('HSET', job, 'stage', 'fetching', 'percent', 0)
            local function increment(field)
              local value = redis.pcall('HINCRBY', job, field, 1)
              if type(value) ~= 'table' then return value end
              redis.call('HSET', job, field, 1)
              return 1
            end
            redis.call('ZREM', outbox, ARGV[3])
            redis.pcall('HSETNX', job, 'token', now)
            local token, attempt = increment('token'), increment('attempt')
            """ + STAYS_OPEN + "return {token, attempt}", List.class);

    /**
     * Guard of every write: the token must be current and the job still open. Idempotent: repeating a stored final status
     * succeeds. ARGV[4] is the token. Fields and values follow; an empty value removes its field.
     */
    private static final String CURRENT = """
            if redis.pcall('HGET', job, 'token') ~= ARGV[4] then return 0 end
            local before = redis.pcall('GET', status)
            if before ~= 'ONQUEUE' then return before == ARGV[1] and 1 or 0 end
            for i = 5, #ARGV, 2 do
              if ARGV[i + 1] == '' then redis.call('HDEL', job, ARGV[i])
              else redis.call('HSET', job, ARGV[i], ARGV[i + 1]) end
            end
            """;

    private static final RedisScript<Long> WRITE = script(CURRENT + STAYS_OPEN + "return 1", Long.class);

    /** Uncounts the attempt and invalidates its token, so that a repetition does not uncount another. */
    private static final RedisScript<Long> REQUEUE = script(CURRENT + STAYS_OPEN + """
            redis.call('HINCRBY', job, 'token', 1)
            if redis.pcall('HINCRBY', job, 'attempt', -1) == -1 then redis.call('HSET', job, 'attempt', 0) end
            return 1""", Long.class);

    /** ARGV[1] is the final status, ARGV[2] its life in ms. */
    private static final RedisScript<Long> END = script(FailureCounts.countFunction() + CURRENT + """
            redis.call('SET', status, ARGV[1], 'PX', ARGV[2])
            redis.call('PEXPIRE', job, ARGV[2])
            redis.call('ZREM', open, ARGV[3])
            redis.call('DEL', wishes)
            if ARGV[1] == 'FAILED' then count_failure(failures, redis.call('HGET', job, 'failure')) end
            return 1""", Long.class);

    private final StringRedisTemplate redis;
    private final JobSettings settings;
    private final OpenJobs openJobs;

    public JobStatuses(StringRedisTemplate redis, JobSettings settings) {
        this.redis = redis;
        this.openJobs = new OpenJobs(redis);
        this.settings = settings;
    }

    /**
     * Writes ONQUEUE for a job that is about to be enqueued, resets its attempts, and puts it into the {@link Outbox}.
     *
     * @param client the client that submitted the job, as the limits identify it
     * @param share the maximum number of open jobs of the client; 0 means unlimited
     * @param track title and artist until a worker knows better; null if unknown
     * @return false if the job is open already and so must not be enqueued; nothing was written
     * @throws QueueFullException when the queue or the client's share is full; nothing was written
     */
    public boolean onQueue(Job job, String client, int share, @Nullable Track track) {
        return switch (open(job, client, settings.capacity(), share, track)) {
            case "QUEUE_FULL" -> throw new QueueFullException(settings.capacity() + " jobs are open", false);
            case "SHARE_FULL" -> throw new QueueFullException(share + " jobs of a client are open", true);
            case "WAS_OPEN" -> false;
            default -> true;
        };
    }

    /** {@link #onQueue(Job, String, int, Track)} where the title is not known. */
    public boolean onQueue(Job job, String client, int share) {
        return onQueue(job, client, share, null);
    }

    /**
     * Checks that several jobs can be opened at once, as {@link #onQueue} would for each. Other clients may take the room before that.
     *
     * @throws QueueFullException when fewer can
     */
    public void requireRoom(int jobs, String client, int share) {
        UUID none = new UUID(0, 0);
        List<?> counts = redis.execute(COUNT, keys(none, client));
        int inQueue = settings.capacity() - ((Long) counts.get(0)).intValue();
        int ofClient = share == 0 ? inQueue : share - ((Long) counts.get(1)).intValue();
        int room = Math.max(0, Math.min(inQueue, ofClient));
        if (jobs > room) {
            throw new QueueFullException(
                    jobs + " jobs were to be opened, and " + room + " can be", ofClient < inQueue, room);
        }
    }

    /** Writes ONQUEUE for a dead letter that is about to be requeued, regardless of the limits, and resets its attempts. */
    public void reopen(Job job) {
        open(job, "", 0, 0, null);
    }

    private String open(Job job, String client, int capacity, int share, @Nullable Track track) {
        List<String> arguments = new ArrayList<>(openFor(job.id(), settings.maxWait()));
        arguments.addAll(List.of(String.valueOf(capacity), String.valueOf(share)));
        arguments.addAll(JobDetails.of(job.video(), job.output()));
        arguments.addAll(track == null ? List.of() : JobDetails.of(track));
        arguments.addAll(List.of("stage", Stage.WAITING.text(), "percent", "0"));
        return redis.execute(ON_QUEUE, keys(job.id(), client), arguments.toArray());
    }

    /** The number of open jobs. */
    public long open() {
        return openJobs.count();
    }

    /** Fails up to 1,000 jobs without progress for {@link JobSettings#maxWait}, and returns their ids. */
    public List<String> failOverdue() {
        return openJobs.failOverdue(settings.keepFailed());
    }

    /**
     * Open jobs without progress for this time, each at most once in this time. Whether they wait in the queue is not known here.
     *
     * @param time shorter than {@link JobSettings#maxWait}, or none is found
     */
    public List<Job> claimStalled(Duration time) {
        return openJobs.claimStalled(settings.maxWait().minus(time), time).stream()
                .flatMap(id -> job(id).stream())
                .toList();
    }

    /** The job under this id; empty when it does not exist, or its video is not known any more. */
    Optional<Job> job(UUID id) {
        return find(id).flatMap(status ->
                Optional.ofNullable(status.video()).map(video -> new Job(id, video, status.output())));
    }

    /** The status of a job; empty when the job does not exist or has expired. */
    public Optional<JobStatus> find(UUID id) {
        Optional<Status> status = UnreadableKeys.orElse(
                Optional.empty(),
                id.toString(),
                () -> Status.read(id.toString(), redis.opsForValue().get(id.toString())));
        return status.map(known -> {
            String key = detailsKey(id);
            Map<String, String> details = UnreadableKeys.orElse(
                    Map.of(), key, () -> redis.<String, String>opsForHash().entries(key));
            return new JobDetails(key, details).read(known);
        });
    }

    /**
     * Begins an attempt and counts it.
     *
     * @return empty when the job is no longer open: it has finished, failed or expired
     */
    public Optional<Attempt> begin(UUID id) {
        List<?> drawn = redis.execute(BEGIN, keys(id, ""), openFor(id, null).toArray());
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempt(id, ((Long) drawn.get(1)).intValue(), (Long) drawn.get(0)));
    }

    /** Stores title and artist. False when the attempt is not the current one. */
    public boolean found(Attempt attempt, Track track) {
        return write(WRITE, attempt, null, JobDetails.of(track));
    }

    /** Stores the progress and extends the deadline. False when the attempt is not the current one. */
    public boolean progress(Attempt attempt, Progress progress) {
        return write(WRITE, attempt, settings.maxWait(), JobDetails.of(progress));
    }

    /** Stores a failure after which the job is retried. False when the attempt is not the current one. */
    public boolean retry(Attempt attempt, Failure failure, Duration delay) {
        return write(WRITE, attempt, settings.maxWait().plus(delay), JobDetails.of(Stage.RETRYING, failure));
    }

    /** Ends and uncounts the attempt. False when the attempt is not the current one. */
    public boolean requeue(Attempt attempt) {
        return write(REQUEUE, attempt, null, JobDetails.of(new Progress(Stage.WAITING, 0, null)));
    }

    /** Writes FINISH, after the file has been published. False when the attempt is not the current one; nothing was written. */
    public boolean finish(Attempt attempt) {
        Progress finished = new Progress(Stage.FINISHED, 100, null);
        return end(attempt, Status.FINISH, settings.keepFinished(), JobDetails.of(finished));
    }

    /** Writes FAILED. False when the attempt is not the current one; nothing was written. */
    public boolean fail(Attempt attempt, Failure failure) {
        return end(attempt, Status.FAILED, settings.keepFailed(), JobDetails.of(Stage.FAILED, failure));
    }

    private boolean write(RedisScript<Long> script, Attempt attempt, @Nullable Duration wait, List<String> fields) {
        return run(script, attempt, openFor(attempt.job(), wait), fields);
    }

    private boolean end(Attempt attempt, Status status, Duration keep, List<String> fields) {
        return run(
                END, attempt, List.of(status.name(), millis(keep), attempt.job().toString()), fields);
    }

    private boolean run(RedisScript<Long> script, Attempt attempt, List<String> first, List<String> fields) {
        List<String> arguments = new ArrayList<>(first);
        arguments.add(String.valueOf(attempt.token()));
        arguments.addAll(fields);
        return redis.execute(script, keys(attempt.job(), ""), arguments.toArray()) == 1;
    }

    /** The first arguments of a script that keeps the job open for the wait; null leaves the deadline unchanged. */
    private List<String> openFor(UUID id, @Nullable Duration wait) {
        return List.of(
                wait == null ? "" : millis(wait), millis(settings.maxWait().plus(MARGIN)), id.toString());
    }

    private static List<String> keys(UUID id, String client) {
        return List.of(
                id.toString(),
                detailsKey(id),
                OpenJobs.KEY,
                OpenJobs.KEY + ":" + client,
                FailureCounts.KEY,
                Wishes.key(id),
                Outbox.key());
    }

    static String detailsKey(UUID id) {
        return "job:" + id;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static <T> RedisScript<T> script(String text, Class<T> result) {
        return new DefaultRedisScript<>(NAMES + text, result);
    }
}
