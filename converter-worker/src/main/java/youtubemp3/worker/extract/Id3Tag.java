package youtubemp3.worker.extract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.Metadata.Release;

/**
 * Writes an ID3v2.3 tag (id3.org, "ID3 tag version 2.3.0"), the version that all players read, old car radios included. Text is
 * ISO-8859-1, and UTF-16 only where it has other characters, since some old players cannot read UTF-16.
 */
final class Id3Tag {

    private static final byte UTF_16 = 1;
    private static final byte LATIN_1 = 0;
    private static final byte FRONT_COVER = 3;

    private Id3Tag() {}

    /**
     * The bytes of the tag, which precede the first MP3 frame.
     *
     * @param cover a JPEG
     */
    static byte[] of(Metadata metadata, VideoId video, Optional<byte[]> cover) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        Release release = metadata.release();
        text(frames, "TIT2", metadata.track().title());
        text(frames, "TPE1", metadata.track().artist());
        text(frames, "TALB", release.album());
        text(frames, "TRCK", release.trackNumber());
        text(frames, "TYER", release.year());
        // the official webpage of the source; it has no byte for the encoding
        frame(frames, "WOAS", video.watchAddress().getBytes(StandardCharsets.ISO_8859_1));
        cover.ifPresent(jpeg -> frame(frames, "APIC", picture(jpeg)));
        int size = frames.size();
        return ByteBuffer.allocate(10 + size)
                .put(new byte[] {'I', 'D', '3', 3, 0, 0})
                // a synchsafe integer: seven bits in each byte, so that the size cannot contain an MPEG sync word
                .put(new byte[] {
                    (byte) (size >> 21 & 0x7f),
                    (byte) (size >> 14 & 0x7f),
                    (byte) (size >> 7 & 0x7f),
                    (byte) (size & 0x7f)
                })
                .put(frames.toByteArray())
                .array();
    }

    private static void frame(ByteArrayOutputStream out, String id, byte[] content) {
        out.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(6).putInt(content.length).array());
        out.writeBytes(content);
    }

    private static void text(ByteArrayOutputStream out, String id, String text) {
        if (text.isEmpty()) {
            return;
        }
        boolean isLatin1 = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        // the byte order mark that ID3 requires; little endian, as some players read no other order
        byte[] encoded = isLatin1
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
        byte encoding = isLatin1 ? LATIN_1 : UTF_16;
        frame(
                out,
                id,
                ByteBuffer.allocate(1 + encoded.length)
                        .put(encoding)
                        .put(encoded)
                        .array());
    }

    private static byte[] picture(byte[] jpeg) {
        byte[] type = "image/jpeg".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(type.length + 4 + jpeg.length)
                .put(LATIN_1)
                .put(type)
                .put((byte) 0)
                .put(FRONT_COVER)
                // an empty description
                .put((byte) 0)
                .put(jpeg)
                .array();
    }
}
