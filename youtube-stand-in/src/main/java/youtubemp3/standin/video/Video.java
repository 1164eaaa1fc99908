package youtubemp3.standin.video;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A video and how it behaves; immutable, made with {@link #builder(String)} or changed with {@link #toBuilder()}. */
public final class Video {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");

    private final String id;
    private final String title;
    private final String channel;
    private final Duration duration;
    private final @Nullable MediaFiles media;
    private final Thumbnail thumbnail;
    private final Playability playability;
    private final Liveness liveness;
    private final boolean ageRestricted;
    private final boolean withoutUrls;
    private final boolean drm;
    private final int watchStatus;
    private final int playerStatus;
    private final Duration playerDelay;
    private final int mediaStatus;
    private final Duration mediaDelay;
    private final int failures;
    private final int failureStatus;
    private final long truncatedAfter;
    private final boolean cutForever;
    private final boolean endless;
    private final long bytesPerSecond;

    private Video(Builder builder) {
        id = builder.id;
        title = builder.title;
        channel = builder.channel;
        media = builder.media;
        duration = builder.duration != null ? builder.duration : media != null ? media.duration() : Duration.ZERO;
        thumbnail = builder.thumbnail;
        playability = builder.playability;
        liveness = builder.liveness;
        ageRestricted = builder.ageRestricted;
        withoutUrls = builder.withoutUrls;
        drm = builder.drm;
        watchStatus = builder.watchStatus;
        playerStatus = builder.playerStatus;
        playerDelay = builder.playerDelay;
        mediaStatus = builder.mediaStatus;
        mediaDelay = builder.mediaDelay;
        failures = builder.failures;
        failureStatus = builder.failureStatus;
        truncatedAfter = builder.truncatedAfter;
        cutForever = builder.cutForever;
        endless = builder.endless;
        bytesPerSecond = builder.bytesPerSecond;
    }

    /**
     * A video that plays, once it is given media.
     *
     * @throws IllegalArgumentException if the id is not one of YouTube's 11 characters
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** The same with changes. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public String channel() {
        return channel;
    }

    /** What YouTube says it lasts, which need not be what its media do. */
    public Duration duration() {
        return duration;
    }

    /** What a browser's address bar would show. */
    public String address() {
        return "https://www.youtube.com/watch?v=" + id;
    }

    @Nullable
    public MediaFiles media() {
        return media;
    }

    public Thumbnail thumbnail() {
        return thumbnail;
    }

    public Playability playability() {
        return playability;
    }

    public Liveness liveness() {
        return liveness;
    }

    public boolean ageRestricted() {
        return ageRestricted;
    }

    public boolean withoutUrls() {
        return withoutUrls;
    }

    public boolean drm() {
        return drm;
    }

    public int watchStatus() {
        return watchStatus;
    }

    public int playerStatus() {
        return playerStatus;
    }

    public Duration playerDelay() {
        return playerDelay;
    }

    public int mediaStatus() {
        return mediaStatus;
    }

    public Duration mediaDelay() {
        return mediaDelay;
    }

    public int failures() {
        return failures;
    }

    public int failureStatus() {
        return failureStatus;
    }

    public long truncatedAfter() {
        return truncatedAfter;
    }

    public boolean cutForever() {
        return cutForever;
    }

    public boolean endless() {
        return endless;
    }

    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    @Override
    public String toString() {
        return id + " \"" + title + "\"";
    }

    /** Whether it is a recording, or a stream now or later. */
    public enum Liveness {
        RECORDED,
        LIVE,
        UPCOMING
    }

    /** A video in the making; what is not set is as on an ordinary day. */
    public static final class Builder {

        private final String id;
        private String title;
        private String channel = "Stand-in Channel";
        private @Nullable Duration duration;
        private @Nullable MediaFiles media;
        private Thumbnail thumbnail = Thumbnail.picture();
        private Playability playability = Playability.OK;
        private Liveness liveness = Liveness.RECORDED;
        private boolean ageRestricted;
        private boolean withoutUrls;
        private boolean drm;
        private int watchStatus = 200;
        private int playerStatus = 200;
        private Duration playerDelay = Duration.ZERO;
        private int mediaStatus = 200;
        private Duration mediaDelay = Duration.ZERO;
        private int failures;
        private int failureStatus = 503;
        private long truncatedAfter = Long.MAX_VALUE;
        private boolean cutForever;
        private boolean endless;
        private long bytesPerSecond;

        private Builder(String id) {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("not the id of a video: " + id);
            }
            this.id = id;
            title = "Video " + id;
        }

        private Builder(Video video) {
            id = video.id;
            title = video.title;
            channel = video.channel;
            duration = video.duration;
            media = video.media;
            thumbnail = video.thumbnail;
            playability = video.playability;
            liveness = video.liveness;
            ageRestricted = video.ageRestricted;
            withoutUrls = video.withoutUrls;
            drm = video.drm;
            watchStatus = video.watchStatus;
            playerStatus = video.playerStatus;
            playerDelay = video.playerDelay;
            mediaStatus = video.mediaStatus;
            mediaDelay = video.mediaDelay;
            failures = video.failures;
            failureStatus = video.failureStatus;
            truncatedAfter = video.truncatedAfter;
            cutForever = video.cutForever;
            endless = video.endless;
            bytesPerSecond = video.bytesPerSecond;
        }

        public Builder title(String text) {
            title = text;
            return this;
        }

        public Builder channel(String name) {
            channel = name;
            return this;
        }

        /** What YouTube says it lasts; the media's own duration if not given. */
        public Builder duration(Duration claimed) {
            duration = claimed;
            return this;
        }

        public Builder media(MediaFiles files) {
            media = files;
            return this;
        }

        /** An ordinary picture if not given. */
        public Builder thumbnail(Thumbnail answer) {
            thumbnail = answer;
            return this;
        }

        /**
         * Does not play.
         *
         * @param status as YouTube spells it: ERROR, UNPLAYABLE, LOGIN_REQUIRED, LIVE_STREAM_OFFLINE
         * @param reason the text in the player
         */
        public Builder unplayable(String status, String reason) {
            playability = new Playability(status, reason, null);
            return this;
        }

        /** Does not play, with a smaller text below the reason. */
        public Builder unplayable(String status, String reason, String subreason) {
            playability = new Playability(status, reason, subreason);
            return this;
        }

        /** Behind the age gate. */
        public Builder ageRestricted() {
            ageRestricted = true;
            return this;
        }

        /** A stream that is running now; its media are not served. */
        public Builder live() {
            liveness = Liveness.LIVE;
            return this;
        }

        /** A stream or premiere that has not begun. */
        public Builder upcoming() {
            liveness = Liveness.UPCOMING;
            return this;
        }

        /** Formats without an address, as YouTube has them where only its own protocol (SABR) is allowed. */
        public Builder withoutUrls() {
            withoutUrls = true;
            return this;
        }

        /** Protected against copying. */
        public Builder drm() {
            drm = true;
            return this;
        }

        /** The HTTP status of the watch page; 200 if not given. */
        public Builder watchStatus(int status) {
            watchStatus = status;
            return this;
        }

        /** The HTTP status of the player response; 200 if not given. */
        public Builder playerStatus(int status) {
            playerStatus = status;
            return this;
        }

        /** How long the player response takes. */
        public Builder playerDelay(Duration delay) {
            playerDelay = delay;
            return this;
        }

        /** The HTTP status of every media request; 200 if not given. */
        public Builder mediaStatus(int status) {
            mediaStatus = status;
            return this;
        }

        /** How long every media reply takes to begin. */
        public Builder mediaDelay(Duration delay) {
            mediaDelay = delay;
            return this;
        }

        /** The first so many media requests fail with an HTTP status; those after them do not. */
        public Builder failFirst(int requests, int status) {
            failures = requests;
            failureStatus = status;
            return this;
        }

        /** Breaks the connection at this byte of a media file; what lies behind it is answered with 503. */
        public Builder truncatedAfter(long bytes) {
            truncatedAfter = bytes;
            cutForever = false;
            return this;
        }

        /**
         * Breaks the connection at this byte of a media file, however often it is resumed. The newer yt-dlp (2026.10.26)
         * does not count that as a failure and resumes for ever, so whoever drives it needs a limit of their own.
         */
        public Builder cutForeverAfter(long bytes) {
            truncatedAfter = bytes;
            cutForever = true;
            return this;
        }

        /** The media begin anew at their end, and never stop; nothing says how long they are. */
        public Builder endless() {
            endless = true;
            return this;
        }

        /** Bytes a second and connection; the stand-in's own rate if 0 or not given. */
        public Builder rate(long limit) {
            bytesPerSecond = limit;
            return this;
        }

        public Video build() {
            return new Video(this);
        }
    }
}
