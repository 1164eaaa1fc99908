package youtubemp3.worker.failure;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import youtubemp3.jobs.Failure;
import youtubemp3.worker.process.VisibleLine;

/**
 * Why an extraction failed.
 *
 * @param arguments what the sentence of this kind needs to know, such as the limit; times are in ISO 8601
 */
public record Diagnosis(FailureKind kind, List<String> arguments) {

    /** What yt-dlp writes before a message of YouTube. It appends a request to report errors that it did not expect. */
    private static final Pattern YOUTUBE_MESSAGE = Pattern.compile(
            "ERROR: (?:\\[youtube(?::tab)?] )?[A-Za-z0-9_-]{11,64}: (?:YouTube said: )?(?!Unable to )(.+)");

    /** What yt-dlp warns of, in any failure, when YouTube no longer accepts the cookies. */
    private static final String COOKIES_EXPIRED = "cookies are no longer valid";

    /** A failure whose sentence needs no arguments. */
    public Diagnosis(FailureKind kind) {
        this(kind, List.of());
    }

    /**
     * Reads the output of the tools. An error counts before a warning, except where the error only says that no format was left:
     * the warnings before it then say why.
     *
     * @param output the standard error of yt-dlp and ffmpeg
     */
    public static Diagnosis of(String output) {
        String errors =
                output.lines().filter(Predicate.not(Diagnosis::isWarning)).collect(Collectors.joining("\n"));
        Optional<FailureKind> error = FailureKind.of(errors);
        if (error.isEmpty()) {
            Optional<String> message = youTubeMessage(errors);
            if (message.isPresent()) {
                return new Diagnosis(FailureKind.YOUTUBE_MESSAGE, List.of(message.get()));
            }
        }
        FailureKind kind = error.filter(Predicate.not(Diagnosis::isConsequence))
                .or(() -> FailureKind.of(output))
                .orElse(FailureKind.CONVERSION);
        return new Diagnosis(
                kind == FailureKind.BOT_CHECK && haveCookiesExpired(output) ? FailureKind.COOKIES_EXPIRED : kind);
    }

    /** Whether yt-dlp reports that YouTube no longer accepts the cookies. A version of 2023 does not. */
    public static boolean haveCookiesExpired(String output) {
        return output.contains(COOKIES_EXPIRED);
    }

    /** What is stored about the job. */
    public Failure failure() {
        return new Failure(kind.name(), arguments);
    }

    private static boolean isWarning(String line) {
        return line.startsWith("WARNING");
    }

    private static boolean isConsequence(FailureKind kind) {
        return kind == FailureKind.NO_FORMATS || kind == FailureKind.BROKEN_DOWNLOAD;
    }

    private static Optional<String> youTubeMessage(String errors) {
        return errors.lines()
                .map(YOUTUBE_MESSAGE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> VisibleLine.of(matcher.group(1)))
                .filter(Predicate.not(String::isEmpty))
                .findFirst();
    }
}
