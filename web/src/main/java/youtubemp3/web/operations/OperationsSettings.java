package youtubemp3.web.operations;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for an operator.
 *
 * @param maxYtDlpAge how old a worker's yt-dlp may be before health and log warn of it
 */
@Validated
@ConfigurationProperties("youtubemp3.operations")
record OperationsSettings(
        @DefaultValue("60d") @DurationMin(days = 1) Duration maxYtDlpAge) {}
