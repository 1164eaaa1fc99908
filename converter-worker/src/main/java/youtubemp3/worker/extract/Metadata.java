package youtubemp3.worker.extract;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.Track;

/**
 * The metadata that yt-dlp prints before it downloads a video. Its texts are untrusted: they are reduced to one line of at most
 * {@value #MAX_CHARACTERS} visible characters.
 *
 * @param track title and artist
 * @param duration the length, or null if unknown
 * @param liveStatus such as {@code not_live}, {@code is_live} or {@code is_upcoming}; empty if unknown
 */
record Metadata(Track track, @Nullable Duration duration, String liveStatus) {

    /** The yt-dlp output template; yt-dlp omits fields that it does not know. */
    static final String TEMPLATE = "%(.{title,channel,artist,track,duration,live_status})j";

    private static final JsonMapper JSON = new JsonMapper();

    /** One year: above every limit, and far from overflowing a {@link Duration}. */
    private static final double MAX_SECONDS = 366 * 24 * 3600;

    /** YouTube limits titles to 100 characters, but a track's name comes from the description, of up to 5,000. */
    private static final int MAX_CHARACTERS = 300;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /**
     * Control, format, surrogate, unassigned and private-use characters. The joiners U+200C and U+200D are kept: Persian and Indic
     * words and many emoji need them.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Co}]&&[^\\x{200C}\\x{200D}]]");

    private static final String TOPIC = " - Topic";

    /** Parses yt-dlp's JSON; empty when it is not a JSON object, such as the placeholder {@code NA}. */
    static Optional<Metadata> parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                return Optional.empty();
            }
            return Optional.of(new Metadata(track(node), duration(node.path("duration")), text(node, "live_status")));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Null when the value cannot be the length of a video. */
    private static @Nullable Duration duration(JsonNode seconds) {
        double value = seconds.isNumber() ? seconds.asDouble() : -1;
        return value >= 0 && value <= MAX_SECONDS ? Duration.ofMillis((long) (value * 1000)) : null;
    }

    /**
     * Prefers the track and artist of a music video. Other videos have a title, often "Artist - Title", and a channel, whose
     * name ends in " - Topic" for YouTube's own music channels.
     */
    private static Track track(JsonNode node) {
        String channel = text(node, "channel");
        if (channel.endsWith(TOPIC)) {
            channel = channel.substring(0, channel.length() - TOPIC.length());
        }
        String artist = text(node, "artist").isEmpty() ? channel : text(node, "artist");
        String title = text(node, "track").isEmpty() ? text(node, "title") : text(node, "track");
        String prefix = artist + " - ";
        if (!artist.isEmpty() && title.startsWith(prefix)) {
            title = title.substring(prefix.length());
        }
        return new Track(title.isEmpty() ? "YouTube video" : title, artist);
    }

    private static String text(JsonNode node, String field) {
        String line = BLANKS.matcher(node.path(field).asString("")).replaceAll(" ");
        String visible = BLANKS.matcher(INVISIBLE.matcher(line).replaceAll("")).replaceAll(" ");
        int end = visible.codePointCount(0, visible.length()) > MAX_CHARACTERS
                ? visible.offsetByCodePoints(0, MAX_CHARACTERS)
                : visible.length();
        return visible.substring(0, end).strip();
    }
}
