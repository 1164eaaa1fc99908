package youtubemp3.jobs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.InvalidOptionException.Reason;

/**
 * What a job makes of its video. Each option is a component of this record, and a named field wherever a job is stored and in the
 * API; those of the album are stored only.
 *
 * @param format the format of the file
 * @param quality the MP3's quality; null for the bit rate that the worker is set to, and for other formats
 * @param normalize whether an MP3 gets a loudness of -14 LUFS (EBU R 128)
 * @param trim the part of the video
 * @param chapters what becomes of the video's chapters
 * @param cover the shape of the picture
 * @param albumTrack the file's place in an album; null for that which the video states
 */
public record OutputOptions(
        AudioFormat format,
        @Nullable Mp3Quality quality,
        boolean normalize,
        Trim trim,
        Chapters chapters,
        Cover cover,
        @Nullable AlbumTrack albumTrack) {

    /** What a job makes where nothing else was asked for, and what every job of the first edition makes. */
    public static final OutputOptions DEFAULT =
            new OutputOptions(AudioFormat.MP3, null, false, Trim.NONE, Chapters.NONE, Cover.ORIGINAL, null);

    private static final String FORMAT = "format";
    private static final String QUALITY = "quality";
    private static final String NORMALIZE = "normalize";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CHAPTERS = "chapters";
    private static final String COVER = "cover";
    private static final String ALBUM = "album";
    private static final String TRACK = "track";

    /** The names of the fields that a person may choose. */
    public static final List<String> FIELDS = List.of(FORMAT, QUALITY, NORMALIZE, FROM, TO, CHAPTERS, COVER);

    /** @throws InvalidOptionException when two options exclude each other */
    public OutputOptions {
        require(quality == null || format == AudioFormat.MP3, QUALITY, Reason.ONLY_MP3);
        require(!normalize || format == AudioFormat.MP3, NORMALIZE, Reason.ONLY_MP3);
        require(trim.to() == null || trim.to().compareTo(trim.from()) > 0, TO, Reason.NOT_AFTER_START);
    }

    private static void require(boolean condition, String field, Reason reason) {
        if (!condition) {
            throw new InvalidOptionException(field, reason);
        }
    }

    /**
     * Reads the options among the fields, of which other ones are ignored. What is missing or empty has its default.
     *
     * @throws InvalidOptionException when one cannot be read, or two exclude each other
     */
    public static OutputOptions of(Map<String, String> fields) {
        return new OutputOptions(
                read(fields, FORMAT, AudioFormat::parse).orElse(DEFAULT.format),
                read(fields, QUALITY, Mp3Quality::parse).orElse(null),
                read(fields, NORMALIZE, OutputOptions::parseBoolean).orElse(false),
                new Trim(
                        read(fields, FROM, Trim::time).orElse(Duration.ZERO),
                        read(fields, TO, Trim::time).orElse(null)),
                read(fields, CHAPTERS, Chapters::parse).orElse(DEFAULT.chapters),
                read(fields, COVER, Cover::parse).orElse(DEFAULT.cover),
                albumTrack(fields));
    }

    /** These options for a file with a place in an album. */
    public OutputOptions in(AlbumTrack place) {
        return new OutputOptions(format, quality, normalize, trim, chapters, cover, place);
    }

    private static @Nullable AlbumTrack albumTrack(Map<String, String> fields) {
        String album = fields.getOrDefault(ALBUM, "");
        if (album.isEmpty()) {
            return null;
        }
        Optional<Integer> number = read(fields, TRACK, AlbumTrack::parseNumber);
        require(number.isPresent(), TRACK, Reason.UNKNOWN);
        return new AlbumTrack(album, number.orElseThrow());
    }

    private static <T> Optional<T> read(Map<String, String> fields, String name, Function<String, Optional<T>> parse) {
        String text = fields.getOrDefault(name, "");
        Optional<T> value = text.isEmpty() ? Optional.empty() : parse.apply(text);
        require(text.isEmpty() || value.isPresent(), name, Reason.UNKNOWN);
        return value;
    }

    private static Optional<Boolean> parseBoolean(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    /** The format and what differs from the defaults, in a fixed order: equal options have equal fields. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(FORMAT, format.text());
        if (quality != null) {
            fields.put(QUALITY, quality.text());
        }
        if (normalize) {
            fields.put(NORMALIZE, "true");
        }
        if (!trim.from().isZero()) {
            fields.put(FROM, Trim.seconds(trim.from()));
        }
        if (trim.to() != null) {
            fields.put(TO, Trim.seconds(trim.to()));
        }
        if (chapters != DEFAULT.chapters) {
            fields.put(CHAPTERS, chapters.text());
        }
        if (cover != DEFAULT.cover) {
            fields.put(COVER, cover.text());
        }
        if (albumTrack != null) {
            fields.put(ALBUM, albumTrack.album());
            fields.put(TRACK, String.valueOf(albumTrack.number()));
        }
        return fields;
    }

    /** The extension of the file, without the dot. */
    public String extension() {
        return chapters == Chapters.SPLIT ? "zip" : format.extension();
    }

    /** The media type of the file (RFC 6838). */
    public String mediaType() {
        return chapters == Chapters.SPLIT ? "application/zip" : format.mediaType();
    }
}
