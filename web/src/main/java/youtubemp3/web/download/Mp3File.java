package youtubemp3.web.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A finished file, open: it can be sent to its end even when cleanup removes it meanwhile.
 *
 * @param modified when it was published; it never changes afterwards
 */
record Mp3File(UUID job, Path path, FileChannel content, long size, Instant modified) implements AutoCloseable {

    /** Strong: the same tag means the same bytes. */
    String entityTag() {
        return "\"" + job + "-" + Long.toHexString(size) + "-" + Long.toHexString(modified.toEpochMilli()) + "\"";
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
