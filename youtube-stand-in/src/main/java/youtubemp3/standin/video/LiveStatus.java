package youtubemp3.standin.video;

/** Tells whether a video is a live stream, with the values of yt-dlp's {@code live_status}. */
public enum LiveStatus {
    /** The video is a recording. */
    NOT_LIVE,
    /** The stream is running now. */
    IS_LIVE,
    /** The stream or premiere has not started. */
    IS_UPCOMING
}
