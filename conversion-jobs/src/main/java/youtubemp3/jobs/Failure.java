package youtubemp3.jobs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a job failed. The sentence for people is made of it by web, in {@code messages.properties}.
 *
 * @param kind the kind's stable name, for scripts and metrics, such as {@code PRIVATE}
 * @param arguments what the sentence of this kind needs to know, such as the limit in minutes
 */
public record Failure(String kind, List<String> arguments) {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** A failure that needs no arguments. */
    public Failure(String kind) {
        this(kind, List.of());
    }

    /** A failure that the first edition stored: with its sentence, in which every argument was a number. */
    public static Failure ofSentence(String kind, String sentence) {
        return new Failure(
                kind, NUMBER.matcher(sentence).results().map(MatchResult::group).toList());
    }

    /**
     * A failure that was stored field by field.
     *
     * @param arguments the text of {@link #argumentsAsJson}; null where the first edition stored the failure
     * @param sentence the first edition's sentence, or null
     */
    public static Failure ofFields(String kind, @Nullable String arguments, @Nullable String sentence) {
        if (arguments == null) {
            return sentence == null ? new Failure(kind) : ofSentence(kind, sentence);
        }
        return ofJson(kind, arguments);
    }

    /** Text that is not an array of strings counts as no arguments. */
    private static Failure ofJson(String kind, String arguments) {
        try {
            return new Failure(kind, List.of(JSON.readValue(arguments, String[].class)));
        } catch (JacksonException | NullPointerException e) {
            return new Failure(kind);
        }
    }

    /** The arguments as an array of strings in JSON. */
    public String argumentsAsJson() {
        return JSON.writeValueAsString(arguments);
    }
}
