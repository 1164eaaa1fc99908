package youtubemp3.standin.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a playlist, an album or a mix. Its videos need not be in the catalogue. {@link #builder(String)} makes one.
 *
 * @param id the value that YouTube's addresses have as {@code list}; that of a mix starts with RD
 * @param title the title
 * @param entries the videos, in their order
 * @param alert the error that YouTube shows in place of the videos; null if it shows them
 */
public record Playlist(
        String id,
        String title,
        List<Entry> entries,
        @Nullable String alert) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{2,64}");

    /** YouTube responds with this error to an id that does not belong to a playlist, and to that of most private ones. */
    public static final String MISSING = "The playlist does not exist.";

    /** @throws IllegalArgumentException if the id does not consist of letters, digits, underscores and hyphens */
    public Playlist {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a playlist: " + id);
        }
        entries = List.copyOf(entries);
    }

    /**
     * Describes a video as a playlist shows it.
     *
     * @param duration null for a video that is not available
     */
    public record Entry(
            String videoId, String title, @Nullable Duration duration) {

        /** Returns whether the video is neither private nor deleted. YouTube hides the others until a client asks for them. */
        public boolean isAvailable() {
            return duration != null;
        }
    }

    /** Returns a builder for a playlist without videos. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Returns whether the playlist is a mix, which YouTube shows only beside the video that plays. */
    public boolean isMix() {
        return id.startsWith("RD");
    }

    @Override
    public String toString() {
        return id + " \"" + title + "\"";
    }

    /** Collects the values of a playlist. A playlist without further settings is public and empty. */
    public static final class Builder {

        private final String id;
        private String title;
        private final List<Entry> entries = new ArrayList<>();
        private @Nullable String alert;

        private Builder(String id) {
            this.id = id;
            title = "Playlist " + id;
        }

        /** Sets the title; the default is "Playlist" and the id. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** Appends a video. */
        public Builder video(Video video) {
            return video(video.id(), video.title(), video.duration());
        }

        /** Appends a video that need not be in the catalogue. */
        public Builder video(String videoId, String videoTitle, Duration duration) {
            entries.add(new Entry(videoId, videoTitle, duration));
            return this;
        }

        /** Appends a private video, of which YouTube shows nothing but the id. */
        public Builder privateVideo(String videoId) {
            entries.add(new Entry(videoId, "[Private video]", null));
            return this;
        }

        /** Appends a video that was deleted, of which YouTube shows nothing but the id. */
        public Builder deletedVideo(String videoId) {
            entries.add(new Entry(videoId, "[Deleted video]", null));
            return this;
        }

        /** Shows an error in place of the videos, such as {@link Playlist#MISSING}. */
        public Builder alert(String text) {
            alert = text;
            return this;
        }

        /**
         * Returns the playlist.
         *
         * @throws IllegalArgumentException if the id does not consist of letters, digits, underscores and hyphens
         */
        public Playlist build() {
            return new Playlist(id, title, entries, alert);
        }
    }
}
