package youtubemp3.jobs;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings that web and worker share.
 *
 * @param maxWait how long a job may stay open without progress before it has failed
 * @param keepFinished how long FINISH is remembered: as long as cleanup keeps the file
 * @param keepFailed how long FAILED and its reason are remembered
 * @param rememberFailed how long a video that cannot be converted is refused without another attempt
 * @param capacity how many jobs may be open before new ones are refused
 * @param broker what carries the queue
 * @param lease how long a worker may be silent before its job is given to another; it renews three times as often
 */
@Validated
@ConfigurationProperties("youtubemp3.jobs")
public record JobSettings(
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration maxWait,
        @DefaultValue("8h") @DurationMin(seconds = 1) Duration keepFinished,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration keepFailed,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration rememberFailed,
        @DefaultValue("500") @Min(1) int capacity,
        @DefaultValue("redis") Broker broker,
        @DefaultValue("30s") @DurationMin(seconds = 3) Duration lease) {

    /** What carries the queue between web and the workers. */
    public enum Broker {
        /** Redis Streams, in the Redis that also has the statuses. */
        REDIS,
        /** A quorum queue of RabbitMQ. */
        RABBITMQ
    }
}
