package youtubemp3.worker.extract;

import youtubemp3.worker.failure.FailureKind;

/** The video's picture keeps its sound waiting; without the picture, the sound can be had. */
final class PictureException extends ExtractionException {

    PictureException(String message) {
        super(FailureKind.NETWORK, message);
    }
}
