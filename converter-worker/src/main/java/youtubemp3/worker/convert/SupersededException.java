package youtubemp3.worker.convert;

/** Breaks off an attempt that is not the current one any more: its job was withdrawn, has failed, or is tried by another worker. */
final class SupersededException extends RuntimeException {

    SupersededException() {
        // part of normal operation: no stack trace
        super("the job was withdrawn, has failed, or is tried by another worker", null, false, false);
    }
}
