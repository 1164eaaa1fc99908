package youtubemp3.worker.extract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes an ID3v2.3 tag (id3.org, "ID3 tag version 2.3.0"), the version that all players read, old car radios included. Text is
 * ISO-8859-1, and UTF-16 only where it has other characters, since some old players cannot read UTF-16.
 */
final class Id3Tag {

    private static final byte UTF_16 = 1;
    private static final byte LATIN_1 = 0;
    private static final byte FRONT_COVER = 3;
    private static final byte TOP_LEVEL_AND_ORDERED = 3;

    /** The length of the table is one byte, which some readers take as a signed one. Further chapters have frames only. */
    private static final int MAX_LISTED = 127;

    private Id3Tag() {}

    /** The bytes of the tag, which precede the first MP3 frame. */
    static byte[] of(Tags tags) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        text(frames, "TIT2", tags.title());
        text(frames, "TPE1", tags.artist());
        text(frames, "TALB", tags.release().album());
        text(frames, "TRCK", tags.track());
        text(frames, "TYER", tags.release().year());
        // the official webpage of the source; it has no byte for the encoding
        frame(frames, "WOAS", tags.video().watchAddress().getBytes(StandardCharsets.ISO_8859_1));
        tags.cover().ifPresent(jpeg -> frame(frames, "APIC", picture(jpeg)));
        chapters(frames, tags.chapters());
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

    /** Chapters and their table of contents (id3.org, "ID3v2 Chapter Frame Addendum"). */
    private static void chapters(ByteArrayOutputStream out, List<Chapter> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        int listed = Math.min(chapters.size(), MAX_LISTED);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes(elementId("toc"));
        table.write(TOP_LEVEL_AND_ORDERED);
        table.write(listed);
        for (int i = 0; i < listed; i++) {
            table.writeBytes(elementId("chp" + i));
        }
        frame(out, "CTOC", table.toByteArray());
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.writeBytes(elementId("chp" + i));
            content.writeBytes(ByteBuffer.allocate(16)
                    .putInt((int) chapter.start().toMillis())
                    .putInt((int) chapter.end().toMillis())
                    // the times count, not positions in the file
                    .putInt(-1)
                    .putInt(-1)
                    .array());
            text(content, "TIT2", chapter.title());
            frame(out, "CHAP", content.toByteArray());
        }
    }

    private static byte[] elementId(String id) {
        return (id + "\0").getBytes(StandardCharsets.US_ASCII);
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
