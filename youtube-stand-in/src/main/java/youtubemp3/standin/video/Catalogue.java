package youtubemp3.standin.video;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds the videos of a stand-in by id, each with the state that its requests change, and its playlists. The class is thread-safe. */
public final class Catalogue {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Playlist> playlists = new ConcurrentHashMap<>();

    /** Adds a video, or replaces the one with the same id and resets its state. */
    public void add(Video video) {
        entries.put(video.id(), new Entry(video));
    }

    /** Returns the entry of the video with this id. */
    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Adds a playlist, or replaces the one with the same id. Its videos have to be added as well if they are to be played. */
    public void add(Playlist playlist) {
        playlists.put(playlist.id(), playlist);
    }

    /** Returns the playlist with this id. */
    public Optional<Playlist> findPlaylist(String id) {
        return Optional.ofNullable(playlists.get(id));
    }

    /** Holds a video, and the number of its media requests that still have to fail. */
    public static final class Entry {

        private final Video video;
        private final AtomicInteger failuresLeft;

        private Entry(Video video) {
            this.video = video;
            failuresLeft = new AtomicInteger(video.delivery().temporaryFailure().requests());
        }

        /** Returns the video. */
        public Video video() {
            return video;
        }

        /** Counts one media request, and returns whether it has to fail. */
        public boolean countFailure() {
            return failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }
    }
}
