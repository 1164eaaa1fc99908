package youtubemp3.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The writes to Redis in a job's life, in their order: a process can die right before and right after each. */
enum KillPoint {
    /** web keeps what YouTube said. */
    REMEMBER("SET", null),
    /** The submission counts for its address. */
    ADMIT("RateLimits.TAKE", null) {
        @Override
        boolean is(Request request) {
            return super.is(request)
                    && request.words().stream().anyMatch(word -> word.startsWith("limit:submissions:"));
        }
    },
    ON_QUEUE("JobStatuses.ON_QUEUE", null),
    ENQUEUE("RedisJobQueue.ENQUEUE", null),

    /** A new job is given to a worker. */
    DELIVERY("XREADGROUP", null),
    /** One that another worker held. */
    TAKE_OVER("RedisJobConsumer.TAKE_OVER", null),
    /** YouTube may be asked: the circuit is closed. */
    TRY_ACQUIRE("CircuitBreaker.TRY_ACQUIRE", null) {
        @Override
        boolean is(Request request) {
            // without a job, a worker only asks whether it could take one
            return super.is(request) && !request.words().contains("");
        }
    },
    BEGIN("JobStatuses.BEGIN", null),
    FOUND("JobStatuses.WRITE", "title"),
    PROGRESS("JobStatuses.WRITE", "converting"),
    /** YouTube has answered. */
    ON_SUCCESS("CircuitBreaker.ON_SUCCESS", null),
    RENEW("RedisJobConsumer.RENEW", null),
    /** The file has its final name already. */
    FINISH("JobStatuses.END", "FINISH"),
    RELEASE("CircuitBreaker.RELEASE", null),
    ACKNOWLEDGE("RedisJobConsumer.ACKNOWLEDGE", null),

    /** What is the video's own fault is noted for whoever submits it next. */
    NOTE("SET", null) {
        @Override
        boolean is(Request request) {
            return super.is(request) && request.words().get(1).startsWith("vf_");
        }
    },

    /** The status of a job that failed and comes again. */
    ON_REFUSED("CircuitBreaker.ON_REFUSED", null),
    RETRYING("JobStatuses.WRITE", "retrying"),
    RETRY("RedisJobConsumer.RETRY", null),
    FAILED("JobStatuses.END", "FAILED"),
    DEAD_LETTER("RedisJobConsumer.DEAD_LETTER", null),

    /** The status of a job that a stopping worker requeues. */
    WAITING("JobStatuses.REQUEUE", null),
    REQUEUE("RedisJobConsumer.REQUEUE", null);

    /** Scripts that no job's life depends on. */
    static final Set<String> NOT_OF_A_JOB = Set.of(
            "RedisJobQueue.DEPTH",
            "RedisJobConsumer.JOIN",
            // by an operator
            "RedisDeadLetters.REQUEUE",
            // for jobs that nobody took in an hour, and those that could not be enqueued
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
