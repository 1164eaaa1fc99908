package youtubemp3.worker.extract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/** Writes tags in the format that ffmpeg reads (ffmpeg-formats(1), "Metadata"), from which it makes those of MP4 and Ogg. */
final class FfmpegMetadata {

    /** Characters with a meaning, including the line feed. ffmpeg takes what follows a backslash as it is. */
    private static final Pattern SPECIAL = Pattern.compile("[=;#\\\\\n]");

    private static final int FRONT_COVER = 3;

    private final StringBuilder text = new StringBuilder(";FFMETADATA1\n");

    private FfmpegMetadata() {}

    /** For MP4, which has the cover as a stream of its own. */
    static String mp4(Tags tags) {
        FfmpegMetadata metadata = new FfmpegMetadata();
        metadata.common(tags);
        metadata.put("track", tags.track());
        metadata.chapters(tags);
        return metadata.text.toString();
    }

    /** For the comments of Ogg, which hold the cover too. */
    static String ogg(Tags tags) {
        FfmpegMetadata metadata = new FfmpegMetadata();
        metadata.common(tags);
        metadata.put("track", tags.release().trackNumber());
        metadata.put("TRACKTOTAL", tags.trackCount());
        tags.cover()
                .ifPresent(jpeg -> metadata.put(
                        "METADATA_BLOCK_PICTURE", Base64.getEncoder().encodeToString(picture(jpeg))));
        metadata.chapterComments(tags);
        return metadata.text.toString();
    }

    private void common(Tags tags) {
        put("title", tags.title());
        put("artist", tags.artist());
        put("album", tags.release().album());
        put("date", tags.release().year());
        put("comment", tags.video().watchAddress());
    }

    private void chapters(Tags tags) {
        for (Chapter chapter : tags.chapters()) {
            text.append("[CHAPTER]\nTIMEBASE=1/1000\nSTART=")
                    .append(chapter.start().toMillis())
                    .append("\nEND=")
                    .append(chapter.end().toMillis())
                    .append('\n');
            put("title", chapter.title());
        }
    }

    /** As ffmpeg 5 would write them, which rounds the seconds and keeps the fraction, so that half of the times are a second late. */
    private void chapterComments(Tags tags) {
        for (int i = 0; i < tags.chapters().size(); i++) {
            Chapter chapter = tags.chapters().get(i);
            Duration start = chapter.start();
            String key = "CHAPTER%03d".formatted(i);
            put(
                    key,
                    "%02d:%02d:%02d.%03d"
                            .formatted(
                                    start.toHours(),
                                    start.toMinutesPart(),
                                    start.toSecondsPart(),
                                    start.toMillisPart()));
            put(key + "NAME", chapter.title());
        }
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            text.append(key).append('=').append(escape(value)).append('\n');
        }
    }

    /**
     * Escapes a value. A blank follows a backslash at its end: ffmpeg takes the end of the line for a part of the value even after an
     * escaped one, and the next tag with it.
     */
    private static String escape(String value) {
        String escaped = SPECIAL.matcher(value).replaceAll("\\\\$0");
        return escaped.endsWith("\\") ? escaped + " " : escaped;
    }

    /** A picture block of FLAC (RFC 9639, section 8.8). The size in pixels is 0, for unknown: readers take it from the JPEG. */
    private static byte[] picture(byte[] jpeg) {
        byte[] type = "image/jpeg".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(32 + type.length + jpeg.length)
                .putInt(FRONT_COVER)
                .putInt(type.length)
                .put(type)
                // an empty description, width, height, color depth, and no palette
                .put(new byte[20])
                .putInt(jpeg.length)
                .put(jpeg)
                .array();
    }
}
