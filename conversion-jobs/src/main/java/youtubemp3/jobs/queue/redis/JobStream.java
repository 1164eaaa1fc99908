package youtubemp3.jobs.queue.redis;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.VideoId;

/** The keys of the queue, and a job's form in it. Its scripts need several keys at once: the braces keep them in one slot. */
final class JobStream {

    static final String STREAM = "{jobs}:stream";
    static final String RETRY = "{jobs}:retry";
    static final String DEAD = "{jobs}:dead";
    static final List<String> KEYS = List.of(STREAM, RETRY, DEAD);
    static final String GROUP = "workers";

    /** What stands before every script: the keys by name. */
    static final String NAMES = "local stream, retry, dead = KEYS[1], KEYS[2], KEYS[3]\n";

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    private JobStream() {}

    /**
     * An entry of the stream.
     *
     * @param id the entry's own id, which Redis gave
     * @param job the job in it
     * @param deliveries how often it was delivered, this time included: with the consumer, it names the one who holds it
     * @param attempt the attempt that this delivery is, from 1, over all entries that the job has had
     */
    record Entry(String id, Job job, int deliveries, int attempt) {}

    /**
     * @param deliveries how often this very entry was delivered, from 1
     * @throws IllegalArgumentException when the fields are no job
     */
    static Entry read(String id, Map<String, String> fields, int deliveries) {
        String job = fields.get("job");
        String video = fields.get("video");
        if (job == null || video == null) {
            throw new IllegalArgumentException("no job in it");
        }
        UUID uuid = UUID.fromString(job);
        String attempts = fields.getOrDefault("attempts", "0");
        // fromString alone would also take 1-1-1-1-1, which is another's job then
        if (!uuid.toString().equalsIgnoreCase(job) || !COUNT.matcher(attempts).matches()) {
            throw new IllegalArgumentException("no job's id or number of attempts");
        }
        return new Entry(id, new Job(uuid, new VideoId(video)), deliveries, Integer.parseInt(attempts) + deliveries);
    }
}
