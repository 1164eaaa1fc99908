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
 * What yt-dlp says of a video before it downloads it. Its texts are a stranger's: they leave this class as one line of at most
 * {@value #MAX_CHARACTERS} characters, in which each is visible.
 *
 * @param track title and artist
 * @param duration the length, or null where YouTube names none
 * @param liveStatus such as {@code not_live}, {@code is_live} or {@code is_upcoming}; blank where none is named
 */
record Metadata(Track track, @Nullable Duration duration, String liveStatus) {

    /** The fields that yt-dlp is asked for; it leaves out those it does not have. */
    static final String TEMPLATE = "%(.{title,channel,artist,track,duration,live_status})j";

    private static final JsonMapper JSON = new JsonMapper();

    /** A year: far above all limits, far below where numbers end. */
    private static final double LONGEST_SECONDS = 366 * 24 * 3600;

    /** More than any title of YouTube's, which end at 100; a track's name comes from the description, which ends at 5,000. */
    private static final int MAX_CHARACTERS = 300;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /**
     * Controls, marks that turn the direction of writing, marks without width, and what is no character. The joiners U+200C and
     * U+200D stay: Persian and Indic words and many emoji are misspelt without them.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Co}]&&[^\\x{200C}\\x{200D}]]");

    private static final String TOPIC = " - Topic";

    /** Reads yt-dlp's JSON; empty when it is none, such as its bare {@code NA}. */
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

    /** None where it is no time that a video can have. */
    private static @Nullable Duration duration(JsonNode seconds) {
        double value = seconds.isNumber() ? seconds.asDouble() : -1;
        return value >= 0 && value <= LONGEST_SECONDS ? Duration.ofMillis((long) (value * 1000)) : null;
    }

    /**
     * Music videos name track and artist; the others have a title, often "Artist - Title", and a channel, which for
     * YouTube's own music channels ends in " - Topic".
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
