package youtubemp3.standin.http;

import java.io.IOException;
import java.time.Duration;

/**
 * Keeps a reply to its speed: no byte is sent before its time, so that a reader never sees more than the rate allows.
 *
 * <p>Each turn is counted from the start and not from the turn before, so that late wake-ups do not add up.
 */
public final class Throttle {

    private static final int LARGEST_PIECE = 262_144;
    private static final int SMALLEST_PIECE = 1_024;

    /** Often enough that a reader sees a flow, seldom enough that waking up costs nothing. */
    private static final int PIECES_A_SECOND = 50;

    private final long bytesPerSecond;
    private final long start = System.nanoTime();
    private long bytes;

    /** At so many bytes a second; 0 is as fast as it goes. */
    public Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    public int pieceSize() {
        if (bytesPerSecond <= 0) {
            return LARGEST_PIECE;
        }
        return (int) Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, bytesPerSecond / PIECES_A_SECOND));
    }

    public void awaitTurn(int piece) throws IOException {
        bytes += piece;
        if (bytesPerSecond <= 0) {
            return;
        }
        long due = (long) (bytes * 1e9 / bytesPerSecond) - (System.nanoTime() - start);
        if (due > 0) {
            Responses.pause(Duration.ofMillis(due / 1_000_000 + 1)); // rounded up: early would be too fast
        }
    }
}
