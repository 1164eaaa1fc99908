package youtubemp3.web.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.UUID;

/** A finished file, open: what was opened is what is sent, whatever its name leads to by then. */
final class Mp3File implements AutoCloseable {

    private final UUID job;
    private final FileChannel content;
    private final long size;
    private final Instant modified;
    private boolean handedOver;

    /** @param modified when it was published; it never changes afterwards */
    Mp3File(UUID job, FileChannel content, Instant modified) throws IOException {
        this.job = job;
        this.content = content;
        this.size = content.size();
        this.modified = modified;
    }

    FileChannel content() {
        return content;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    Instant modified() {
        return modified;
    }

    /** Strong: the same tag means the same bytes. */
    String entityTag() {
        return "\"" + job + "-" + Long.toHexString(size) + "-" + Long.toHexString(modified.toEpochMilli()) + "\"";
    }

    /** From now on the connector closes the content, when it has sent it. */
    void handedOver() {
        handedOver = true;
    }

    @Override
    public void close() throws IOException {
        if (!handedOver) {
            content.close();
        }
    }
}
