package youtubemp3.web.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of one address, across all replicas of web unless stated otherwise. IPv6 addresses count by their /64 prefix. 0 means
 * unlimited.
 *
 * @param submissionsPerMinute how many links an address may submit per minute, and in one burst
 * @param waitingJobs how many jobs of an address may wait or run
 * @param downloadsAtOnce how many files an address may be sent at the same time
 * @param connections how many connections an address may hold in this process
 */
@Validated
@ConfigurationProperties("youtubemp3.limits")
public record LimitSettings(
        @DefaultValue("30") @Min(0) int submissionsPerMinute,
        @DefaultValue("200") @Min(0) int waitingJobs,
        @DefaultValue("6") @Min(0) int downloadsAtOnce,
        @DefaultValue("50") @Min(0) int connections) {}
