package youtubemp3.web.output;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Chapters;
import youtubemp3.jobs.Cover;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.CodedException;

/** The model of the part of a form with the options: {@code templates/output/options.html}. */
@Component
public class OptionsForm {

    private final OutputChoice output;

    OptionsForm(OutputChoice output) {
        this.output = output;
    }

    /** The options of one video, with these fields of {@link OutputOptions} chosen. */
    public Map<String, Object> ofVideo(Map<String, String> options) {
        return model(options, OutputOptions.FIELDS);
    }

    /** The options that the videos of a list have in common, with these fields of {@link OutputOptions} chosen. */
    public Map<String, Object> ofList(Map<String, String> options) {
        return model(options, OutputChoice.OF_LISTS);
    }

    private Map<String, Object> model(Map<String, String> options, List<String> fields) {
        String format = options.getOrDefault("format", "");
        List<String> offered = fields.stream().filter(output::offers).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("options", options);
        model.put("offered", offered);
        model.put("chosen", isChosen(options));
        model.put("formats", output.formats());
        model.put("chosenFormat", output.formats().contains(format) ? format : output.defaultFormat());
        model.put("qualities", output.qualities());
        model.put("chapters", Chapters.values());
        model.put("covers", Cover.values());
        return model;
    }

    /** Whether anything but the defaults was chosen, be it possible or not. */
    private boolean isChosen(Map<String, String> options) {
        try {
            return !output.of(options).equals(output.of(Map.of()));
        } catch (CodedException e) {
            return true;
        }
    }
}
