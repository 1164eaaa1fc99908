package youtubemp3.faults;

import java.util.Locale;

/** The side of a command. */
enum Side {
    /** The server has not received it. */
    BEFORE,
    /** The server has executed it, but the process has not received the reply. */
    AFTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
