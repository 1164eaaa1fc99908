package youtubemp3.web.video;

import org.springframework.core.NestedExceptionUtils;

/** YouTube could not be asked, or did not say whether the video exists. */
public class YouTubeUnreachableException extends RuntimeException {

    private final boolean answered;

    private YouTubeUnreachableException(String message, boolean answered, Throwable cause) {
        super(message, cause);
        this.answered = answered;
    }

    private YouTubeUnreachableException(String message) {
        super(message);
        this.answered = true;
    }

    static YouTubeUnreachableException noAnswer(Throwable cause) {
        // the innermost cause names no address
        Throwable reason = NestedExceptionUtils.getMostSpecificCause(cause);
        String what = reason.getClass().getSimpleName() + ": " + reason.getMessage();
        return new YouTubeUnreachableException("YouTube did not answer: " + what, false, cause);
    }

    static YouTubeUnreachableException badAnswer(String what) {
        return new YouTubeUnreachableException("YouTube answered with " + what);
    }

    /** Whether there was an answer, if a useless one. */
    public boolean answered() {
        return answered;
    }
}
