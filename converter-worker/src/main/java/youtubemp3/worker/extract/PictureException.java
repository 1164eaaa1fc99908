package youtubemp3.worker.extract;

import youtubemp3.worker.failure.FailureKind;

/** Thrown when fetching the video's picture delays its sound too long; a new run without the picture may succeed. */
final class PictureException extends ExtractionException {

    PictureException(String message) {
        super(FailureKind.NETWORK, message);
    }
}
