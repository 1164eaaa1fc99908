package youtubemp3.web.output;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.Mp3Quality;

/**
 * Settings of what may be chosen.
 *
 * @param formats the formats, by their names in the API; where MP3 is not among them, the first is the default
 * @param qualities the qualities of an MP3, by their names in the API, besides the worker's own
 * @param options further options: {@code normalize}, {@code trim}, {@code chapters} and {@code cover}
 */
@Validated
@ConfigurationProperties("youtubemp3.output")
record OutputSettings(
        @NotEmpty @DefaultValue({"mp3", "m4a", "opus"}) List<String> formats,

        @DefaultValue({"128", "192", "256", "320", "v0", "v2"})
        List<String> qualities,

        @DefaultValue({OutputSettings.NORMALIZE, OutputSettings.TRIM, OutputSettings.CHAPTERS, OutputSettings.COVER})
        List<String> options) {

    static final String NORMALIZE = "normalize";
    static final String TRIM = "trim";
    static final String CHAPTERS = "chapters";
    static final String COVER = "cover";

    OutputSettings {
        formats.forEach(name ->
                Assert.isTrue(AudioFormat.parse(name).isPresent(), () -> "youtubemp3.output.formats has " + name));
        qualities.forEach(name ->
                Assert.isTrue(Mp3Quality.parse(name).isPresent(), () -> "youtubemp3.output.qualities has " + name));
        List<String> known = List.of(NORMALIZE, TRIM, CHAPTERS, COVER);
        options.forEach(name -> Assert.isTrue(known.contains(name), () -> "youtubemp3.output.options has " + name));
    }
}
