package youtubemp3.web.video;

import org.springframework.core.NestedExceptionUtils;

/** Thrown when YouTube sends no response, or one that does not tell whether the video exists. */
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
        // the message of the innermost cause has no address
        Throwable reason = NestedExceptionUtils.getMostSpecificCause(cause);
        String what = reason.getClass().getSimpleName() + ": " + reason.getMessage();
        return new YouTubeUnreachableException("YouTube did not answer: " + what, false, cause);
    }

    static YouTubeUnreachableException badAnswer(String what) {
        return new YouTubeUnreachableException("YouTube answered with " + what);
    }

    /** Returns whether YouTube sent a response. */
    public boolean answered() {
        return answered;
    }
}
