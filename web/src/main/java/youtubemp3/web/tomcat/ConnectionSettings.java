package youtubemp3.web.tomcat;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The share of connections.
 *
 * @param connections how many connections an address may hold in this process; an IPv6 address stands for its /64. 0 is no limit
 */
@Validated
@ConfigurationProperties("youtubemp3.limits")
record ConnectionSettings(@DefaultValue("50") @Min(0) int connections) {}
