package youtubemp3.web.output;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.InvalidOptionException;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.CodedException;

/** The options that the operator lets people choose from, and what a request has chosen. */
@Component
public class OutputChoice {

    private static final String FORMAT = "format";
    private static final String NOT_OFFERED = "NOT_OFFERED";

    /** The fields that the videos of a list can have in common. */
    static final List<String> OF_LISTS = List.of(FORMAT, "quality", "normalize", "cover");

    private final OutputSettings settings;

    OutputChoice(OutputSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the options among the fields. What is missing or empty has its default.
     *
     * @throws CodedException when one has no such value, is not offered here, or does not go with another one
     */
    public OutputOptions of(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.merge(FORMAT, defaultFormat(), (given, otherwise) -> given.isEmpty() ? otherwise : given);
        OutputOptions output;
        try {
            output = OutputOptions.of(all);
        } catch (InvalidOptionException e) {
            throw new InvalidChoiceException(
                    e.field(), offers(e.field()) ? e.reason().name() : NOT_OFFERED);
        }
        output.fields().forEach((field, value) -> {
            if (!offers(field, value)) {
                throw new InvalidChoiceException(field, NOT_OFFERED);
            }
        });
        return output;
    }

    /**
     * As {@link #of}, for the videos of a list.
     *
     * @throws CodedException as well when one makes sense for a single video only
     */
    public OutputOptions ofList(Map<String, String> fields) {
        OutputOptions output = of(fields);
        output.fields().keySet().stream()
                .filter(field -> !OF_LISTS.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new InvalidChoiceException(field, "NOT_FOR_LISTS");
                });
        return output;
    }

    private boolean offers(String field, String value) {
        return switch (field) {
            case FORMAT -> settings.formats().contains(value);
            case "quality" -> settings.qualities().contains(value);
            default -> offers(field);
        };
    }

    /** Whether the field lets people choose. */
    public boolean offers(String field) {
        boolean mp3 = settings.formats().contains(OutputOptions.DEFAULT.format().text());
        return switch (field) {
            case FORMAT -> settings.formats().size() > 1;
            case "quality" -> mp3 && !settings.qualities().isEmpty();
            case "from", "to" -> settings.options().contains(OutputSettings.TRIM);
            case "normalize" -> mp3 && settings.options().contains(field);
            default -> settings.options().contains(field);
        };
    }

    /** The format where no other was asked for. */
    public String defaultFormat() {
        String usual = OutputOptions.DEFAULT.format().text();
        return settings.formats().contains(usual) ? usual : settings.formats().get(0);
    }

    /** The names of the formats, in the operator's order. */
    public List<String> formats() {
        return settings.formats();
    }

    /** The names of the qualities of an MP3, in the operator's order. */
    public List<String> qualities() {
        return settings.qualities();
    }
}
