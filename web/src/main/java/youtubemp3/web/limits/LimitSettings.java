package youtubemp3.web.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits for one address, over all replicas of web unless stated otherwise; an IPv6 address counts by its /64. 0 is no limit.
 *
 * @param submissionsPerMinute how many links an address may submit a minute, and at once after a rest
 * @param waitingJobs how many jobs of an address may wait or run
 * @param downloadsAtOnce how many files an address may be sent at the same time
 * @param connections how many connections an address may hold in this process
 */
@Validated
@ConfigurationProperties("youtubemp3.limits")
public record LimitSettings(
        @DefaultValue("30") @Min(0) int submissionsPerMinute,
        @DefaultValue("50") @Min(0) int waitingJobs,
        @DefaultValue("6") @Min(0) int downloadsAtOnce,
        @DefaultValue("50") @Min(0) int connections) {}
