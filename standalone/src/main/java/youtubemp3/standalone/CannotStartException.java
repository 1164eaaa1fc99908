package youtubemp3.standalone;

/** Something about this machine keeps the product from starting; the message tells a person what and how to mend it. */
class CannotStartException extends RuntimeException {

    CannotStartException(String message) {
        super(message);
    }
}
