package youtubemp3.worker.extract;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import youtubemp3.jobs.Track;

/**
 * Finds title and artist in the title of a video and the name of its channel, for videos that do not state them.
 *
 * <p>A part of the title that is the channel's name is the artist. Otherwise, "Artist - Title" is believed only in YouTube's
 * category Music, where the channel may be a label's. In any other category it may be "Lecture 3 - Heat": the artist is the
 * channel, and the title stays whole.
 */
final class VideoTitle {

    /** A dash with a blank at one side at least, other separators, and the place before a quotation. */
    private static final Pattern SEPARATOR =
            Pattern.compile(" +[-‐‑–—―−－]+ *|[-‐‑–—―−－]+ +|[—―] *| *[|｜]+ *| *: +| *： *| *(?=[\"“„«「『【])| +(?=['‘])");

    private static final Pattern DASH = Pattern.compile(" +[-‐‑–—―−－]+ +");

    /** What follows the title of a song, rather than its artist. */
    private static final Pattern VERSION = Pattern.compile(
            "(?iu)(?:[0-9]{4} )?(?:digital )?re-?master(?:ed)?(?: [0-9]{4})?"
                    + "|live(?: (?:at|from) .*| (?:in|on) (?!the |my ).*)?|acoustic|instrumental|demo|.* version|.* edit|full (?:album|ep|concert)");

    private static final Pattern COLLABORATORS =
            Pattern.compile("(?iu)[,、;&×+/()\\[\\]（）]| (?:and|x|vs\\.?|with|feat\\.?|ft\\.?|featuring|y|e|et|und) ");

    private static final Pattern QUOTED = Pattern.compile(
            "\"([^\"]+)\"|[“„]([^“„”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|【([^【】]+)】|‘([^‘’]+)’|'([^']+)'");

    /** Parts of a channel's name that are not the artist's. */
    private static final Pattern CHANNEL_SUFFIX = Pattern.compile(
            "(?iu)(?<=.)(?: - Topic| ?VEVO|(?: |-)+(?:offici[ae]l|oficial|ufficiale)(?: youtube)?(?: (?:channel|canal))?"
                    + "| ?(?:公式|官方)(?:チャンネル|频道|頻道)?)$");

    private static final Pattern OFFICIAL_AROUND = Pattern.compile("(?<=.)official$|^official(?=.)");
    private static final Pattern ACCENTS = Pattern.compile("[\\x{300}-\\x{36F}]+");

    /** Channels have "&" or "and" or neither, as in EarthWindandFireVEVO. */
    private static final Pattern NOT_COMPARED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+|and");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    /** YouTube makes these channels itself. Their titles are those of the songs. */
    private static final String TOPIC = " - Topic";

    private VideoTitle() {}

    /**
     * @param title not blank
     * @param channel the name of the channel, or blank if unknown
     * @param music whether YouTube lists the video as music
     */
    static Track track(String title, String channel, boolean music) {
        String text = Advertisement.removedFrom(title);
        return byChannel(text, channel)
                .or(() -> music && !channel.endsWith(TOPIC) ? byDash(text) : Optional.empty())
                .orElse(new Track(text, artist(channel)));
    }

    private static Optional<Track> byChannel(String text, String channel) {
        for (Matcher separator = SEPARATOR.matcher(text); separator.find(); ) {
            String before = text.substring(0, separator.start());
            String after = text.substring(separator.end());
            if (before.isBlank() || after.isBlank() || Brackets.surround(text, separator.start())) {
                continue;
            }
            boolean dash = DASH.matcher(separator.group()).matches();
            boolean quotation = separator.group().isBlank();
            if (quotation ? isQuoted(after) && same(before, channel) : same(before, channel)) {
                return Optional.of(new Track(unquoted(after), artist(before)));
            }
            if (dash && names(before, channel)) {
                return Optional.of(new Track(unquoted(after), before));
            }
            if (!quotation && same(after, channel)) {
                return Optional.of(new Track(unquoted(before), artist(after)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Track> byDash(String text) {
        for (Matcher dash = DASH.matcher(text); dash.find(); ) {
            String before = text.substring(0, dash.start());
            String after = text.substring(dash.end());
            // a number is that of the track
            boolean isArtist = LETTER.matcher(before).find() && !Brackets.surround(text, dash.start());
            if (isArtist && !after.isBlank() && !VERSION.matcher(after).matches()) {
                return Optional.of(new Track(unquoted(after), before));
            }
        }
        return Optional.empty();
    }

    private static String artist(String channel) {
        return CHANNEL_SUFFIX.matcher(channel).replaceFirst("").strip();
    }

    /** Whether one of several artists is the channel's. */
    private static boolean names(String artists, String channel) {
        return Arrays.stream(COLLABORATORS.split(artists)).anyMatch(artist -> same(artist, channel));
    }

    private static boolean same(String name, String channel) {
        String comparable = comparable(name);
        return !comparable.isEmpty() && comparable.equals(comparable(channel));
    }

    private static String comparable(String name) {
        String plain = ACCENTS.matcher(Normalizer.normalize(artist(name), Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String words = NOT_COMPARED.matcher(plain).replaceAll("");
        // a name such as "!!!"
        return words.isEmpty() ? plain.strip() : OFFICIAL_AROUND.matcher(words).replaceAll("");
    }

    private static boolean isQuoted(String text) {
        return QUOTED.matcher(text).matches();
    }

    private static String unquoted(String text) {
        return isQuoted(text) ? text.substring(1, text.length() - 1).strip() : text.strip();
    }
}
