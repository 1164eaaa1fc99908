package youtubemp3.jobs.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.UUID;
import youtubemp3.jobs.AudioFormat;

/** A finished file, open: what was opened is what is sent, whatever its name leads to by then. */
public final class AudioFile implements AutoCloseable {

    private final UUID job;
    private final AudioFormat format;
    private final FileChannel content;
    private final long size;
    private final Instant modified;
    private boolean handedOver;

    /** @param modified when it was published; it does not change afterwards */
    AudioFile(UUID job, AudioFormat format, FileChannel content, Instant modified) throws IOException {
        this.job = job;
        this.format = format;
        this.content = content;
        this.size = content.size();
        this.modified = modified;
    }

    public AudioFormat format() {
        return format;
    }

    public FileChannel content() {
        return content;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    public Instant modified() {
        return modified;
    }

    /** A strong entity tag (RFC 9110): the same tag means the same bytes. */
    public String entityTag() {
        return "\"" + job + "-" + Long.toHexString(size) + "-" + Long.toHexString(modified.toEpochMilli()) + "\"";
    }

    /** From now on the receiver of the content closes it. */
    public void handedOver() {
        handedOver = true;
    }

    @Override
    public void close() throws IOException {
        if (!handedOver) {
            content.close();
        }
    }
}
