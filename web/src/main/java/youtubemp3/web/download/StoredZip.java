package youtubemp3.web.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import youtubemp3.jobs.storage.AudioFile;

/**
 * Writes a ZIP of files that are stored, since sound does not compress. The size and checksum of a file precede it, so that a reader can
 * unpack the ZIP while it arrives; for that, each file is read twice. No file is copied, and a file may be larger than 4 GiB (ZIP64).
 */
final class StoredZip {

    private static final int BUFFER_SIZE = 64 * 1024;

    private final ZipOutputStream zip;
    private final WritableByteChannel content;
    private final Set<String> names = new HashSet<>();

    StoredZip(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        this.content = Channels.newChannel(zip);
    }

    /** Adds a file under its name, or with a number where another has it. */
    void add(AudioFile file, FileName name) throws IOException {
        ZipEntry entry = new ZipEntry(unique(name));
        entry.setMethod(ZipEntry.STORED);
        entry.setTime(file.modified().toEpochMilli());
        entry.setSize(file.size());
        entry.setCrc(checksum(file.content(), file.size()));
        zip.putNextEntry(entry);
        for (long position = 0; position < file.size(); ) {
            long sent = file.content().transferTo(position, Math.min(BUFFER_SIZE, file.size() - position), content);
            if (sent <= 0) {
                throw new IOException("The file was truncated while it was sent");
            }
            position += sent;
        }
        zip.closeEntry();
    }

    /** Case does not tell names apart on Windows and macOS. */
    private String unique(FileName name) {
        String unique = name.value();
        for (int i = 2; !names.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = name.stem() + " (" + i + ")." + name.extension();
        }
        return unique;
    }

    private static long checksum(FileChannel content, long size) throws IOException {
        CRC32 checksum = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
        long position = 0;
        int read;
        while (position < size && (read = content.read(buffer.clear(), position)) > 0) {
            checksum.update(buffer.flip());
            position += read;
        }
        return checksum.getValue();
    }

    /** Writes the directory of the ZIP. */
    void finish() throws IOException {
        zip.finish();
    }
}
