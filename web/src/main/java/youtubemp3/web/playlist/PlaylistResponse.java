package youtubemp3.web.playlist;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.web.http.FailureReason;

/**
 * The response to {@code GET /playlists/<id>} and the model of its page. In JSON the names are in snake case.
 *
 * @param id the playlist's id
 * @param title its title, or null until it is listed
 * @param state {@code waiting}, {@code listed} or {@code failed}
 * @param cut whether it has more videos, which are left out
 * @param entries its videos, in their order; none until it is listed
 * @param failure why it cannot be listed, or null
 */
@JsonNaming(SnakeCaseStrategy.class)
record PlaylistResponse(
        String id,
        @Nullable String title,
        String state,
        boolean cut,
        List<Entry> entries,
        @Nullable FailureReason failure) {

    /**
     * A video.
     *
     * @param durationSeconds its length, or null if unknown
     * @param availability {@code available}, {@code private} or {@code removed}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Entry(String video, String title, @Nullable Long durationSeconds, String availability) {

        static Entry of(Playlist.Entry entry) {
            Duration duration = entry.duration();
            return new Entry(
                    entry.video().value(),
                    entry.title(),
                    duration == null ? null : duration.toSeconds(),
                    entry.availability().name().toLowerCase(Locale.ROOT));
        }

        /** The length for people, such as {@code 3:05} or {@code 1:00:00}; empty if unknown. */
        public String length() {
            if (durationSeconds == null) {
                return "";
            }
            Duration length = Duration.ofSeconds(durationSeconds);
            return length.toHours() == 0
                    ? "%d:%02d".formatted(length.toMinutesPart(), length.toSecondsPart())
                    : "%d:%02d:%02d".formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
        }
    }
}
