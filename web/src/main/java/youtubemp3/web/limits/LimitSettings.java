package youtubemp3.web.limits;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one address may ask for, over all replicas of web; an IPv6 address stands for its /64. 0 is no limit.
 *
 * @param submissionsPerMinute how many links an address may submit a minute, and at once after a rest
 * @param waitingJobs how many jobs of an address may wait or run
 * @param downloadsAtOnce how many files an address may be sent at the same time
 */
@Validated
@ConfigurationProperties("youtubemp3.limits")
record LimitSettings(
        @DefaultValue("30") @Min(0) int submissionsPerMinute,
        @DefaultValue("50") @Min(0) int waitingJobs,
        @DefaultValue("6") @Min(0) int downloadsAtOnce) {}
