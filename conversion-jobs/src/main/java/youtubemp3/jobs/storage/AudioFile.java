package youtubemp3.jobs.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.UUID;
import youtubemp3.jobs.OutputOptions;

/** An open finished file. Its content stays the same even if another file takes its name. */
public final class AudioFile implements AutoCloseable {

    private final UUID job;
    private final OutputOptions output;
    private final FileChannel content;
    private final long size;
    private final Instant modified;
    private boolean handedOver;

    /** @param modified when the file was published */
    AudioFile(UUID job, OutputOptions output, FileChannel content, Instant modified) throws IOException {
        this.job = job;
        this.output = output;
        this.content = content;
        this.size = content.size();
        this.modified = modified;
    }

    public OutputOptions output() {
        return output;
    }

    public FileChannel content() {
        return content;
    }

    /** The size in bytes. */
    public long size() {
        return size;
    }

    public Instant modified() {
        return modified;
    }

    /** The strong entity tag (RFC 9110, section 8.8.3): equal tags mean equal bytes. */
    public String entityTag() {
        return "\"" + job + "-" + Long.toHexString(size) + "-" + Long.toHexString(modified.toEpochMilli()) + "\"";
    }

    /** Leaves the channel open in {@link #close}; its new owner closes it. */
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
