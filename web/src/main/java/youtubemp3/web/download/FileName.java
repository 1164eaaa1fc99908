package youtubemp3.web.download;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.Track;

/** What a file is called on the disk of the person who downloads it: {@code Artist - Title.mp3}, safe on every system. */
record FileName(String value) {

    private static final int LONGEST = 150;

    /** What of a title or an artist is looked at: a worker of today stores at most 300 characters, an older one any number. */
    private static final int MAX_TEXT = 1000;

    /** Most file systems allow 255, of which a browser may need some for " (1)" and its own ending meanwhile. */
    private static final int MOST_BYTES = 220;

    private static final String ENDING = ".mp3";

    private static final Pattern COLON_IN_A_SENTENCE = Pattern.compile(" ?: ");
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\|:]");
    private static final Pattern RESERVED = Pattern.compile("[*?<>]");
    /** Controls, and marks that turn the direction of writing, so that a name reads as something that it is not. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}&&\\S]|[\\x{61C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}\\p{Cs}\\p{Cn}\\p{Co}]");

    /** Windows' devices, whatever ending they have. */
    private static final Pattern DEVICE = Pattern.compile(
            "(?:con|prn|aux|nul|(?:com|lpt)[0-9\\x{B9}\\x{B2}\\x{B3}]) *(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** A dot hides a file, and a program takes a dash for the beginning of an option. */
    private static final Pattern DOTS_AND_DASHES_BEFORE = Pattern.compile("^[-. ]+");

    private static final Pattern DOTS_BEHIND = Pattern.compile("[. ]+$");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ATTRIBUTE_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

    private static final Pattern NOT_PLAIN = Pattern.compile("[^ !#-$&-\\[\\]-~]");

    /** For a job's file; after its id while its title is not known. */
    static FileName of(UUID job, @Nullable Track track) {
        String name = track == null ? "" : clean(joined(track));
        return new FileName((name.isEmpty() ? job.toString() : name) + ENDING);
    }

    /** The header's value (RFC 6266): the name for all clients, and a plain one for those of old. */
    String asAttachment() {
        return "attachment; filename=\"" + plain() + "\"; filename*=UTF-8''" + encoded();
    }

    private static String joined(Track track) {
        String artist = beginning(track.artist());
        String title = beginning(track.title());
        boolean named = artist.isEmpty() || title.regionMatches(true, 0, artist + " - ", 0, artist.length() + 3);
        return named ? title : artist + " - " + title;
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(MAX_TEXT, text.length())).strip();
    }

    private static String clean(String text) {
        // one blank at most, before anything looks for what stands between blanks
        String name = BLANKS.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll(" ");
        name = COLON_IN_A_SENTENCE.matcher(name).replaceAll(" - ");
        name = SEPARATORS.matcher(name).replaceAll("-").replace('"', '\'');
        name = RESERVED.matcher(name).replaceAll("");
        // after what stood between a letter and its accent has gone
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        name = BLANKS.matcher(name).replaceAll(" ");
        name = DOTS_AND_DASHES_BEFORE.matcher(name).replaceFirst("");
        name = DEVICE.matcher(name).matches() ? "_" + name : name;
        return DOTS_BEHIND.matcher(shortened(name)).replaceFirst("");
    }

    private static String shortened(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            int next = end + Character.charCount(character);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (next > LONGEST || bytes > MOST_BYTES) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    /** ASCII: letters lose their accents, all else becomes an underscore. */
    private String plain() {
        String apart = Normalizer.normalize(value, Normalizer.Form.NFD);
        return NOT_PLAIN.matcher(MARKS.matcher(apart).replaceAll("")).replaceAll("_");
    }

    /** RFC 8187. */
    private String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (ATTRIBUTE_CHARACTERS.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
