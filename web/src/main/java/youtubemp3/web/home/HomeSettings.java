package youtubemp3.web.home;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the start page.
 *
 * @param examples links to try with one click, below the form; none if not given
 */
@Validated
@ConfigurationProperties("youtubemp3.home")
record HomeSettings(@DefaultValue List<@Valid Example> examples) {

    /**
     * A link to try.
     *
     * @param label the text of the button
     * @param link what is submitted
     */
    record Example(@NotBlank String label, @NotBlank String link) {}
}
