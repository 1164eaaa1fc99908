package youtubemp3.standin.video;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The videos by id, each with what changes while it is asked for. */
public final class Catalogue {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public void add(Video video) {
        entries.put(video.id(), new Entry(video));
    }

    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** A video and how many of its planned failures are still to come. */
    public static final class Entry {

        private final Video video;
        private final AtomicInteger failuresLeft;

        private Entry(Video video) {
            this.video = video;
            failuresLeft = new AtomicInteger(video.failures());
        }

        public Video video() {
            return video;
        }

        /** Whether this media request is one of those that fail; each call uses one up. */
        public boolean failsNow() {
            return failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }
    }
}
