package youtubemp3.worker.extract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.Track;
import youtubemp3.worker.process.VisibleLine;

/**
 * The metadata that yt-dlp prints before it downloads a video. Its texts are untrusted, so each is a {@link VisibleLine}.
 *
 * @param track title and artist
 * @param release the release that the track is from
 * @param duration the length, or null if unknown
 * @param liveStatus such as {@code not_live}, {@code is_live} or {@code is_upcoming}; empty if unknown
 * @param chapters the chapters; none if YouTube knows none
 */
record Metadata(Track track, Release release, @Nullable Duration duration, String liveStatus, List<Chapter> chapters) {

    /** The yt-dlp output template; yt-dlp omits fields that it does not know. Versions before 2024 do not know artists. */
    static final String TEMPLATE = "%(.{title,channel,categories,artists,artist,track,album,track_number,release_date,"
            + "release_year,duration,live_status,chapters})j";

    private static final JsonMapper JSON = new JsonMapper();

    /** One year: above every limit, and far from overflowing a {@link Duration}. */
    private static final double MAX_SECONDS = 366 * 24 * 3600;

    private static final Pattern DATE = Pattern.compile("[0-9]{8}");
    private static final Pattern YEAR = Pattern.compile("[1-9][0-9]{3}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");

    /**
     * A release of a track. Each value is empty if unknown.
     *
     * @param album its title
     * @param trackNumber the number of the track in it, from 1
     * @param year four digits
     */
    record Release(String album, String trackNumber, String year) {}

    /** Parses yt-dlp's JSON; empty when it is not a JSON object, such as the placeholder {@code NA}. */
    static Optional<Metadata> parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                return Optional.empty();
            }
            Duration duration = duration(node.path("duration"));
            Duration end = duration == null ? Duration.ofSeconds((long) MAX_SECONDS) : duration;
            return Optional.of(new Metadata(
                    track(node),
                    release(node),
                    duration,
                    text(node, "live_status"),
                    Chapter.parse(node.path("chapters"), end)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** This metadata with a place in an album that precedes what the video states; null for none. */
    Metadata in(@Nullable AlbumTrack place) {
        return place == null
                ? this
                : new Metadata(
                        track,
                        new Release(place.album(), String.valueOf(place.number()), release.year()),
                        duration,
                        liveStatus,
                        chapters);
    }

    /** Null when the value cannot be the length of a video. */
    private static @Nullable Duration duration(JsonNode seconds) {
        double value = seconds.isNumber() ? seconds.asDouble() : -1;
        return value >= 0 && value <= MAX_SECONDS ? Duration.ofMillis((long) (value * 1000)) : null;
    }

    /** What the video states precedes what its title suggests. */
    private static Track track(JsonNode node) {
        String title = text(node, "title");
        String artist = artist(node);
        boolean music = node.path("categories")
                .valueStream()
                .anyMatch(name -> name.asString("").equals("Music"));
        Track suggested = VideoTitle.track(
                title.isEmpty() ? "YouTube video" : title, artist.isEmpty() ? text(node, "channel") : artist, music);
        String track = text(node, "track");
        return new Track(track.isEmpty() ? suggested.title() : track, artist.isEmpty() ? suggested.artist() : artist);
    }

    /** In artist, newer versions of yt-dlp put full-width commas into the names, so that artists can be told apart. */
    private static String artist(JsonNode node) {
        String artists = node.path("artists")
                .valueStream()
                .map(artist -> artist.asString(""))
                .filter(artist -> !artist.isBlank())
                .collect(Collectors.joining(", "));
        return artists.isEmpty() ? text(node, "artist") : VisibleLine.of(artists);
    }

    /** The year of the release date; release_year is that of the phonogram, which a later edition may change. */
    private static Release release(JsonNode node) {
        String date = text(node, "release_date");
        String year = DATE.matcher(date).matches() ? date.substring(0, 4) : text(node, "release_year");
        String number = text(node, "track_number");
        return new Release(
                text(node, "album"),
                NUMBER.matcher(number).matches() ? number : "",
                YEAR.matcher(year).matches() ? year : "");
    }

    private static String text(JsonNode node, String field) {
        return VisibleLine.of(node.path(field).asString(""));
    }
}
