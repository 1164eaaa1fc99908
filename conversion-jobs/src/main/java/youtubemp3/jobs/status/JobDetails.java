package youtubemp3.jobs.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.InvalidOptionException;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.UnreadableKeys;

/**
 * Maps the fields of the hash {@code job:<uuid>}. A field that cannot be read counts as absent. The first edition wrote no format,
 * and stored the sentence of a failure as {@code reason} instead of its arguments.
 */
final class JobDetails {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final String key;
    private final Map<String, String> fields;

    JobDetails(String key, Map<String, String> fields) {
        this.key = key;
        this.fields = fields;
    }

    /** Alternating fields and values; an empty value removes its field. */
    static List<String> of(Progress progress) {
        Duration eta = progress.eta();
        return List.of(
                "stage",
                progress.stage().text(),
                "percent",
                String.valueOf(progress.percent()),
                "eta",
                eta == null ? "" : String.valueOf(eta.toSeconds()));
    }

    static List<String> of(Stage stage, Failure failure) {
        List<String> fields = new ArrayList<>(of(new Progress(stage, 0, null)));
        fields.addAll(List.of("failure", failure.kind(), "arguments", failure.argumentsAsJson()));
        return fields;
    }

    static List<String> of(Track track) {
        return List.of("title", track.title(), "artist", track.artist());
    }

    static List<String> of(VideoId video, OutputOptions output) {
        List<String> fields = new ArrayList<>(List.of("video", video.value()));
        output.fields().forEach((name, value) -> fields.addAll(List.of(name, value)));
        return fields;
    }

    JobStatus read(Status status) {
        Integer eta = number("eta");
        Progress progress = new Progress(
                stage().orElseGet(() -> stageOf(status)),
                Objects.requireNonNullElse(number("percent"), 0),
                eta == null ? null : Duration.ofSeconds(eta));
        return new JobStatus(
                status,
                progress,
                video(),
                output(),
                track(),
                Objects.requireNonNullElse(number("attempt"), 0),
                failure());
    }

    private @Nullable VideoId video() {
        return Optional.ofNullable(fields.get("video")).flatMap(VideoId::parse).orElse(null);
    }

    private OutputOptions output() {
        try {
            return OutputOptions.of(fields);
        } catch (InvalidOptionException e) {
            UnreadableKeys.warn(key);
            return OutputOptions.DEFAULT;
        }
    }

    private @Nullable Track track() {
        String title = fields.get("title");
        return title == null ? null : new Track(title, fields.getOrDefault("artist", ""));
    }

    private @Nullable Failure failure() {
        String kind = fields.get("failure");
        return kind == null ? null : Failure.ofFields(kind, fields.get("arguments"), fields.get("reason"));
    }

    private Optional<Stage> stage() {
        String text = fields.get("stage");
        Optional<Stage> stage = text == null ? Optional.empty() : Stage.parse(text);
        if (text != null && stage.isEmpty()) {
            UnreadableKeys.warn(key);
        }
        return stage;
    }

    private @Nullable Integer number(String field) {
        String text = fields.get(field);
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            UnreadableKeys.warn(key);
            return null;
        }
        return Integer.valueOf(text);
    }

    /** The stage of a status whose details have expired. */
    private static Stage stageOf(Status status) {
        return switch (status) {
            case ONQUEUE -> Stage.WAITING;
            case FINISH -> Stage.FINISHED;
            case FAILED -> Stage.FAILED;
        };
    }
}
