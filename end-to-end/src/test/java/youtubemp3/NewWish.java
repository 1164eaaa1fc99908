package youtubemp3;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Submissions that differ from all earlier ones, so that each becomes a job of its own, even for the same video. */
public final class NewWish {

    /** In seconds, after the end of every video of the stand-in: the whole video is converted. */
    private static final AtomicInteger END = new AtomicInteger(100_000);

    private static final JsonMapper JSON = new JsonMapper();

    private NewWish() {}

    /** The body of a request to {@code POST /submit}. */
    public static String json(String link) {
        return json(link, Map.of());
    }

    /** @param options other fields of the request */
    public static String json(String link, Map<String, String> options) {
        Map<String, String> fields = new TreeMap<>(options);
        fields.put("video_url", link);
        fields.put("to", String.valueOf(END.incrementAndGet()));
        return JSON.writeValueAsString(fields);
    }
}
