package youtubemp3.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The writes to Redis during a job, in order: a process can die right before and right after each. */
enum KillPoint {
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
    ENQUEUE("RedisJobQueue.ENQUEUE", null),

    /** A new job is delivered to a worker. */
    DELIVERY("XREADGROUP", null),
    /** A job of another worker is taken over. */
    TAKE_OVER("RedisJobConsumer.TAKE_OVER", null),
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
    RENEW("RedisJobConsumer.RENEW", null),
    /** The file has already been published. */
    FINISH("JobStatuses.END", "FINISH"),
    RELEASE("CircuitBreaker.RELEASE", null),
    ACKNOWLEDGE("RedisJobConsumer.ACKNOWLEDGE", null),

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
    RETRY("RedisJobConsumer.RETRY", null),
    FAILED("JobStatuses.END", "FAILED"),
    DEAD_LETTER("RedisJobConsumer.DEAD_LETTER", null),

    /** The status of a job that a stopping worker requeues. */
    WAITING("JobStatuses.REQUEUE", null),
    REQUEUE("RedisJobConsumer.REQUEUE", null);

    /** Scripts that are not part of a job. */
    static final Set<String> NOT_OF_A_JOB = Set.of(
            "RedisJobQueue.WAITING",
            "RedisJobConsumer.JOIN",
            // only with RabbitMQ
            "Retries.ADD",
            "Retries.CLAIM_DUE",
            "Retries.REMOVE",
            "Redeliveries.COUNT_ONE",
            // for overdue jobs, and those that could not be enqueued
            "JobStatuses.FAIL_OVERDUE",
            "JobStatuses.FORGET",
            "RunningDownloads.BEGIN",
            "RunningDownloads.RENEW");

    private final String command;
    private final @Nullable String word;

    KillPoint(String command, @Nullable String word) {
        this.command = command;
        this.word = word;
    }

    static Set<String> scripts() {
        return Stream.concat(
                        Arrays.stream(values()).map(point -> point.command).filter(command -> command.contains(".")),
                        NOT_OF_A_JOB.stream())
                .collect(Collectors.toSet());
    }

    boolean is(Request request) {
        return request.name().equals(command)
                && (word == null || request.words().contains(word));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
