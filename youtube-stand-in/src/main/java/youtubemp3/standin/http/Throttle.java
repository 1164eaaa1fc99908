package youtubemp3.standin.http;

import java.io.IOException;
import java.time.Duration;

/**
 * Limits the rate of a response. Each byte is sent no earlier than the rate allows, so a client never measures a higher
 * rate.
 *
 * <p>The time of a chunk is computed from the start of the response and not from the previous chunk; otherwise the delays of
 * the thread scheduler would add up.
 */
public final class Throttle {

    private static final int MAX_CHUNK = 262_144;
    private static final int MIN_CHUNK = 1_024;

    /** This value is high enough for a steady flow, and low enough that waking the thread costs little. */
    private static final int CHUNKS_PER_SECOND = 50;

    private final long bytesPerSecond;
    private final long start = System.nanoTime();
    private long bytes;

    /**
     * Starts to measure the time of a response.
     *
     * @param bytesPerSecond the limit in bytes per second; 0 for none
     */
    public Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns the number of bytes that a caller should send at a time. */
    public int chunkSize() {
        if (bytesPerSecond <= 0) {
            return MAX_CHUNK;
        }
        return (int) Math.max(MIN_CHUNK, Math.min(MAX_CHUNK, bytesPerSecond / CHUNKS_PER_SECOND));
    }

    /**
     * Waits until the next chunk may be sent.
     *
     * @param size the number of bytes in the chunk
     * @throws java.io.InterruptedIOException if the stand-in is closed meanwhile
     */
    public void acquire(int size) throws IOException {
        bytes += size;
        if (bytesPerSecond <= 0) {
            return;
        }
        long wait = (long) (bytes * 1e9 / bytesPerSecond) - (System.nanoTime() - start);
        if (wait > 0) {
            Responses.pause(Duration.ofMillis(wait / 1_000_000 + 1)); // rounded up, so that no byte is early
        }
    }
}
