package youtubemp3.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commands to Redis and RabbitMQ during a job, in order: a process can die right before and right after each. Where the broker
 * carries the job, a point is a command of Redis or another of RabbitMQ.
 */
enum KillPoint {
    /** The client's wish is added to those for its job. */
    WISH("Wishes.ADD", null),
    /** Web caches YouTube's response. */
    REMEMBER("SET", null),
    /** The submission counts against its address's limit. */
    ADMIT("RateLimits.TAKE", null) {
        @Override
        boolean is(Request request) {
            return super.is(request)
                    && request.words().stream().anyMatch(word -> word.startsWith("limit:submissions:"));
        }
    },
    ON_QUEUE("JobStatuses.ON_QUEUE", null),
    ENQUEUE("RedisJobQueue.ENQUEUE", "basic.publish", null),
    /** The job is in the queue, and leaves the outbox. */
    SENT("ZREM", "{jobs}:outbox"),

    /** A new job is delivered to a worker. */
    DELIVERY("XREADGROUP", "basic.consume", null),
    /** A job of another worker is taken over. */
    TAKE_OVER("RedisJobConsumer.TAKE_OVER", "Redeliveries.COUNT_ONE", null),
    /** The circuit admits the job. */
    TRY_ACQUIRE("CircuitBreaker.TRY_ACQUIRE", null) {
        @Override
        boolean is(Request request) {
            // without a job, the worker only checks whether it could take one
            return super.is(request) && !request.words().contains("");
        }
    },
    BEGIN("JobStatuses.BEGIN", null),
    FOUND("JobStatuses.WRITE", "title"),
    PROGRESS("JobStatuses.WRITE", "converting"),
    /** YouTube has responded. */
    ON_SUCCESS("CircuitBreaker.ON_SUCCESS", null),
    RENEW("RedisJobConsumer.RENEW", "queue.declare", null),
    /** The file has already been published. */
    FINISH("JobStatuses.END", "FINISH"),
    RELEASE("CircuitBreaker.RELEASE", null),
    ACKNOWLEDGE("RedisJobConsumer.ACKNOWLEDGE", "basic.ack", null),

    /** A failure of the video is remembered for further submissions. */
    NOTE("SET", null) {
        @Override
        boolean is(Request request) {
            return super.is(request) && request.words().get(1).startsWith("vf_");
        }
    },

    /** The status of a job that is retried. */
    ON_REFUSED("CircuitBreaker.ON_REFUSED", null),
    RETRYING("JobStatuses.WRITE", "retrying"),
    RETRY("RedisJobConsumer.RETRY", "Retries.ADD", null),
    /** With RabbitMQ, a worker claims a due retry, enqueues it and removes it. */
    CLAIM("Retries.CLAIM_DUE", null),
    REMOVE("Retries.REMOVE", null),
    FAILED("JobStatuses.END", "FAILED"),
    DEAD_LETTER("RedisJobConsumer.DEAD_LETTER", "XADD", null),

    /** The status of a job that a stopping worker requeues. */
    WAITING("JobStatuses.REQUEUE", null),
    REQUEUE("RedisJobConsumer.REQUEUE", "basic.nack", null),

    /** A worker takes a playlist, and stores what is in it. */
    TAKE_PLAYLIST("Playlists.TAKE", null),
    LISTED("Playlists.END", null);

    /** Scripts that are not part of a job. */
    static final Set<String> NOT_OF_A_JOB = Set.of(
            "RedisJobQueue.WAITING",
            "RedisJobConsumer.JOIN",
            // for overdue jobs, and those that could not be enqueued
            "OpenJobs.FAIL_OVERDUE",
            "OpenJobs.CLAIM_STALLED",
            "Outbox.CLAIM",
            "Wishes.TAKE_BACK",
            "JobStatuses.COUNT",
            "ConversionIds.GET_OR_SET",
            "RunningDownloads.BEGIN",
            "RunningDownloads.RENEW",
            // for playlists, which have no promise
            "Playlists.REQUEST",
            "Playlists.DUE",
            "Playlists.RENEW",
            "Playlists.PUT_BACK");

    private final Set<String> commands;
    private final @Nullable String word;

    KillPoint(String command, @Nullable String word) {
        this.commands = Set.of(command);
        this.word = word;
    }

    /** A point with two commands, one for each broker. */
    KillPoint(String withRedis, String withRabbit, @Nullable String word) {
        this.commands = Set.of(withRedis, withRabbit);
        this.word = word;
    }

    static Set<String> scripts() {
        return Stream.concat(
                        Arrays.stream(values())
                                .flatMap(point -> point.commands.stream())
                                .filter(command -> command.matches("[A-Z].*\\..*")),
                        NOT_OF_A_JOB.stream())
                .collect(Collectors.toSet());
    }

    boolean is(Request request) {
        return commands.contains(request.name())
                && (word == null || request.words().contains(word));
    }

    /** Whether the reply reports that the command has changed something. */
    static boolean isEffective(Request request, Message reply) {
        // a wish is added also where its job has no status, which is an empty reply
        return reply.saysSomething() || WISH.is(request) && !reply.isError();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
