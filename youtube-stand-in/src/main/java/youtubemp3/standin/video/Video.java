package youtubemp3.standin.video;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a video, and how the stand-in responds to requests for it. {@link #builder(String)} makes one, and {@link
 * #toBuilder()} a changed copy.
 *
 * @param id the 11 characters by which YouTube identifies the video
 * @param title the title
 * @param channel the name of the channel
 * @param description the text below the video, which may have several lines
 * @param duration the duration that YouTube reports, which may differ from that of the media files
 * @param formats the audio formats that the player response lists
 * @param thumbnail the response to a request for the thumbnail
 * @param playability the player response's statement on whether the video plays
 * @param liveStatus whether the video is a recording or a live stream
 * @param watchStatus the HTTP status of the watch page
 * @param signsOut whether the watch page deletes the cookies of a signed-in client
 * @param player the HTTP status and delay of the player response
 * @param delivery how the media files are sent
 */
public record Video(
        String id,
        String title,
        String channel,
        String description,
        Duration duration,
        Formats formats,
        Thumbnail thumbnail,
        Playability playability,
        LiveStatus liveStatus,
        int watchStatus,
        boolean signsOut,
        ResponseDefinition player,
        MediaDelivery delivery) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");

    /** @throws IllegalArgumentException if the id does not consist of 11 letters, digits, underscores or hyphens */
    public Video {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a video: " + id);
        }
    }

    /** Returns a builder for a video that plays, provided that it is given {@link Builder#media media}. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Returns a builder that starts with the values of this video. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the media files, or null if the video has none. */
    public @Nullable MediaFiles media() {
        return formats.media();
    }

    @Override
    public String toString() {
        return id + " \"" + title + "\"";
    }

    /** Collects the values of a video. A video without further settings is public, recorded, and sent without faults. */
    public static final class Builder {

        private final String id;
        private String title;
        private String channel = "Stand-in Channel";
        private String description = "made for tests";
        private @Nullable Duration duration;
        private Formats formats = Formats.NONE;
        private Thumbnail thumbnail = Thumbnail.picture();
        private Playability playability = Playability.OK;
        private LiveStatus liveStatus = LiveStatus.NOT_LIVE;
        private int watchStatus = 200;
        private boolean signsOut;
        private ResponseDefinition player = ResponseDefinition.OK;
        private MediaDelivery delivery = MediaDelivery.WITHOUT_FAULTS;

        private Builder(String id) {
            this.id = id;
            title = "Video " + id;
        }

        private Builder(Video video) {
            id = video.id;
            title = video.title;
            channel = video.channel;
            description = video.description;
            duration = video.duration;
            formats = video.formats;
            thumbnail = video.thumbnail;
            playability = video.playability;
            liveStatus = video.liveStatus;
            watchStatus = video.watchStatus;
            signsOut = video.signsOut;
            player = video.player;
            delivery = video.delivery;
        }

        /** Sets the title; the default is "Video" and the id. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** Sets the name of the channel; the default is "Stand-in Channel". */
        public Builder channel(String name) {
            channel = name;
            return this;
        }

        /**
         * Sets the description; the default is "made for tests". yt-dlp reads track, artists and album from that of a video
         * which YouTube Music has generated.
         */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /** Sets the duration that YouTube reports; the default is the duration of the media files. */
        public Builder duration(Duration reported) {
            duration = reported;
            return this;
        }

        /** Sets the media files; by default there are none. */
        public Builder media(MediaFiles files) {
            formats = formats.with(files);
            return this;
        }

        /** Sets the response for the thumbnail; the default is a JPEG. */
        public Builder thumbnail(Thumbnail response) {
            thumbnail = response;
            return this;
        }

        /**
         * Makes the video unplayable.
         *
         * @param status a status of the player response: ERROR, UNPLAYABLE, LOGIN_REQUIRED or LIVE_STREAM_OFFLINE
         * @param reason the text that the player shows
         */
        public Builder unplayable(String status, String reason) {
            playability = new Playability(status, reason, null, playability.ageRestricted());
            return this;
        }

        /** Makes the video unplayable, with a second, smaller text below the reason. */
        public Builder unplayable(String status, String reason, String subreason) {
            playability = new Playability(status, reason, subreason, playability.ageRestricted());
            return this;
        }

        /** Marks the video as restricted to adults. */
        public Builder ageRestricted() {
            playability = new Playability(playability.status(), playability.reason(), playability.subreason(), true);
            return this;
        }

        /** Makes the video a live stream that is running now. Its media are not sent. */
        public Builder live() {
            liveStatus = LiveStatus.IS_LIVE;
            return this;
        }

        /** Makes the video a live stream or premiere that has not started. */
        public Builder upcoming() {
            liveStatus = LiveStatus.IS_UPCOMING;
            return this;
        }

        /** Leaves the URLs out of the formats, as YouTube does where it requires its own protocol, SABR. */
        public Builder withoutUrls() {
            formats = formats.withoutUrl();
            return this;
        }

        /** Replaces the audio formats by one without sound. */
        public Builder silent() {
            formats = formats.withoutSound();
            return this;
        }

        /** Announces this many bytes more than the media files have. */
        public Builder missingBytes(long bytes) {
            formats = formats.withMissingBytes(bytes);
            return this;
        }

        /** Marks the formats as protected by DRM (Widevine). */
        public Builder drm() {
            formats = formats.withDrm();
            return this;
        }

        /** Sets the HTTP status of the watch page; the default is 200. */
        public Builder watchStatus(int status) {
            watchStatus = status;
            return this;
        }

        /** Deletes the cookies of a signed-in client, as YouTube does when it no longer accepts them. */
        public Builder signsOut() {
            signsOut = true;
            return this;
        }

        /** Sets the HTTP status of the player response; the default is 200. */
        public Builder playerStatus(int status) {
            player = player.withStatus(status);
            return this;
        }

        /** Delays the player response; by default it is sent at once. */
        public Builder playerDelay(Duration delay) {
            player = player.withDelay(delay);
            return this;
        }

        /** Sets the HTTP status of all media responses; the default is 200. */
        public Builder mediaStatus(int status) {
            delivery = delivery.with(delivery.response().withStatus(status));
            return this;
        }

        /** Delays all media responses; by default they start at once. */
        public Builder mediaDelay(Duration delay) {
            delivery = delivery.with(delivery.response().withDelay(delay));
            return this;
        }

        /** Responds to the given number of first media requests with an HTTP error status, and to later ones as usual. */
        public Builder failFirst(int requests, int status) {
            delivery = delivery.with(new TemporaryFailure(requests, status));
            return this;
        }

        /** Closes the connection at this byte of a media file. A request that starts there or later gets a 503. */
        public Builder truncatedAfter(long bytes) {
            delivery = delivery.with(new Truncation(bytes, false));
            return this;
        }

        /**
         * Closes the connection at this byte of a media file, and also each connection that resumes the download there.
         * yt-dlp 2026.10.26 does not count this as a failure and retries without end, so the caller has to stop it.
         */
        public Builder cutForeverAfter(long bytes) {
            delivery = delivery.with(new Truncation(bytes, true));
            return this;
        }

        /** Repeats the media file without end, in a response without a Content-Length. */
        public Builder endless() {
            delivery = delivery.withoutEnd();
            return this;
        }

        /** Limits each media connection to this many bytes per second; the default, 0, stands for the server's limit. */
        public Builder rate(long bytesPerSecond) {
            delivery = delivery.withRate(bytesPerSecond);
            return this;
        }

        /**
         * Returns the video.
         *
         * @throws IllegalArgumentException if the id does not consist of 11 letters, digits, underscores or hyphens
         */
        public Video build() {
            MediaFiles media = formats.media();
            return new Video(
                    id,
                    title,
                    channel,
                    description,
                    duration != null ? duration : media != null ? media.duration() : Duration.ZERO,
                    formats,
                    thumbnail,
                    playability,
                    liveStatus,
                    watchStatus,
                    signsOut,
                    player,
                    delivery);
        }
    }
}
