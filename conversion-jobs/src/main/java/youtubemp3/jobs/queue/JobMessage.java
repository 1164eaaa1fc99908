package youtubemp3.jobs.queue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.InvalidOptionException;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;

/**
 * Serializes a job to named fields, with a version number. The first edition wrote the fields {@code job}, {@code video} and
 * {@code attempts}, without a version; since version 2 the attempts are counted with the status. Version 3 has options, and is written
 * only for a job that has some, so that an older worker can still take the others.
 */
public final class JobMessage {

    private static final Pattern KNOWN_VERSION = Pattern.compile("[123]");

    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private JobMessage() {}

    /** The fields of a job, in a fixed order. */
    public static Map<String, String> fields(Job job) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", job.output().equals(OutputOptions.DEFAULT) ? "2" : "3");
        fields.put("job", job.id().toString());
        fields.put("video", job.video().value());
        fields.putAll(job.output().fields());
        return fields;
    }

    /** The fields as JSON. The text is the same for equal jobs, so that a sorted set contains a job once. */
    public static String json(Job job) {
        return JSON.writeValueAsString(fields(job));
    }

    /** Reads the fields of a message in JSON; empty when the text is no object of strings. */
    public static Optional<Map<String, String>> fields(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, FIELDS));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Reads a job; empty when the fields are not a job, or have a newer version than this one. */
    public static Optional<Job> read(Map<String, String> fields) {
        Optional<UUID> id = Optional.ofNullable(fields.get("job")).flatMap(JobId::parse);
        Optional<VideoId> video = Optional.ofNullable(fields.get("video")).flatMap(VideoId::parse);
        Optional<OutputOptions> output = output(fields);
        boolean known =
                KNOWN_VERSION.matcher(fields.getOrDefault("version", "1")).matches();
        return known && id.isPresent() && video.isPresent() && output.isPresent()
                ? Optional.of(new Job(id.get(), video.get(), output.get()))
                : Optional.empty();
    }

    private static Optional<OutputOptions> output(Map<String, String> fields) {
        try {
            return Optional.of(OutputOptions.of(fields));
        } catch (InvalidOptionException e) {
            return Optional.empty();
        }
    }
}
