package youtubemp3.worker.extract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import youtubemp3.jobs.Track;

/**
 * Writes an ID3v2.3 tag (id3.org, "ID3 tag version 2.3.0") with title, artist and cover. Version 2.3 with UTF-16 text is read by
 * all players, including old car radios.
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
    static byte[] of(Track track, Optional<byte[]> cover) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frame(frames, "TIT2", text(track.title()));
        if (!track.artist().isEmpty()) {
            frame(frames, "TPE1", text(track.artist()));
        }
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

    private static byte[] text(String text) {
        // Java's UTF_16 begins with the byte order mark that ID3 requires
        byte[] encoded = text.getBytes(StandardCharsets.UTF_16);
        return ByteBuffer.allocate(1 + encoded.length).put(UTF_16).put(encoded).array();
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
