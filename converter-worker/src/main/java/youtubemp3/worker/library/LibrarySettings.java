package youtubemp3.worker.library;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the library.
 *
 * @param folder the folder in which finished files are kept for good; none are if null
 * @param pattern how a file is named in it, without its extension
 * @param timeout how long the library may delay a job; it is then left out of the library
 */
@Validated
@ConfigurationProperties("youtubemp3.library")
record LibrarySettings(
        @Nullable Path folder,
        @DefaultValue("%artist%/%album%/%track% %title%") NamePattern pattern,
        @DefaultValue("2m") @DurationMin(seconds = 1) Duration timeout) {}
