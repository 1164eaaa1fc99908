package youtubemp3.web.download;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;

/**
 * The name under which a browser stores a file, such as {@code Artist - Title.mp3}: valid on every file system.
 *
 * @param stem the name without its extension
 * @param extension the extension, without the dot
 * @param id of the video, or else of the job: the fallback where ASCII has too little of the name
 */
record FileName(String stem, String extension, String id) {

    private static final int MAX_LENGTH = 150;

    /** The maximum length of a title or an artist. Workers store at most 300 characters; older versions stored any number. */
    private static final int MAX_TEXT_LENGTH = 1000;

    /** Most file systems allow 255 bytes; a browser may add " (1)" and the extension of an unfinished download. */
    private static final int MAX_BYTES = 220;

    private static final Pattern COLON_AND_BLANK = Pattern.compile(" ?: ");
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\|:]");
    private static final Pattern RESERVED = Pattern.compile("[*?<>]");
    /** Control characters, and bidirectional marks, which can hide the extension of a name. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}&&\\S]|[\\x{61C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}\\p{Cs}\\p{Cn}\\p{Co}]");

    /** Names of devices on Windows, with any extension. */
    private static final Pattern DEVICE = Pattern.compile(
            "(?:con|prn|aux|nul|(?:com|lpt)[0-9\\x{B9}\\x{B2}\\x{B3}]) *(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** A leading dot hides a file, and a leading dash looks like an option. */
    private static final Pattern LEADING_DOTS_AND_DASHES = Pattern.compile("^[-. ]+");

    private static final Pattern TRAILING_DOTS = Pattern.compile("[. ]+$");

    /** The name of a job's file, which is the job's id where the title is unknown. */
    static FileName of(UUID job, OutputOptions output, @Nullable VideoId video, @Nullable Track track) {
        String id = video == null ? job.toString() : video.value();
        String name = track == null ? "" : clean(joined(track));
        return new FileName(name.isEmpty() ? job.toString() : name, output.extension(), id);
    }

    String value() {
        return stem + "." + extension;
    }

    /**
     * The value of the header {@code Content-Disposition} (RFC 6266), with an ASCII fallback for old clients. The fallback of
     * Spring's {@code ContentDisposition} has percent signs, and only underscores for a name in Arabic, Hebrew or Chinese.
     */
    String asAttachment() {
        return "attachment; filename=\"" + fallback() + "\"; filename*=UTF-8''"
                + UriUtils.encode(value(), StandardCharsets.UTF_8);
    }

    private static String joined(Track track) {
        String artist = beginning(track.artist());
        String title = beginning(track.title());
        return artist.isEmpty() ? title : artist + " - " + title;
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(MAX_TEXT_LENGTH, text.length())).strip();
    }

    private static String clean(String text) {
        // the patterns below expect single blanks
        String name = BLANKS.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll(" ");
        name = COLON_AND_BLANK.matcher(name).replaceAll(" - ");
        name = SEPARATORS.matcher(name).replaceAll("-").replace('"', '\'');
        name = RESERVED.matcher(name).replaceAll("");
        // after the removal of characters between a letter and its accent
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        name = BLANKS.matcher(name).replaceAll(" ");
        name = LEADING_DOTS_AND_DASHES.matcher(name).replaceFirst("");
        name = DEVICE.matcher(name).matches() ? "_" + name : name;
        return TRAILING_DOTS.matcher(shortened(name)).replaceFirst("");
    }

    private static String shortened(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            int next = end + Character.charCount(character);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (next > MAX_LENGTH || bytes > MAX_BYTES) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    private String fallback() {
        // compatible characters may become reserved ones
        String name = clean(AsciiName.of(stem));
        return (name.isEmpty() ? (id.startsWith("-") ? "_" : "") + id : name) + "." + extension;
    }
}
