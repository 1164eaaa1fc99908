package youtubemp3.worker.extract;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a title that advertise the video, such as "(Official Music Video)" or "| 4K". They are removed where they fill a pair
 * of brackets or the last part of the title. Brackets with any other word stay: "(Live)", "(Remastered 2011)", "(feat. Nina)".
 */
final class Advertisement {

    /** Words that do not describe the sound, in the languages of many music videos. */
    private static final String WORDS = """
            (?:[248]k|hd|video) re-?master(?:ed)?|re-?master(?:ed)? in (?:[248]k|hd)\
            |offici[ae]l(?:le)?|oficial|ufficiale|offiziell(?:e[rs]?)?|oficjaln[yae]|resmi|официальн(?:ый|ая|ое)|公式|官方|공식\
            |v[ií]deo|clipe?|klip|teledysk|musikvideo|видео|клип|ミュージックビデオ|뮤직비디오|뮤비\
            |lyric(?:al|s)?|letra|paroles|testo|songtext|lirik|текст|歌詞付き|歌詞|动态歌词|歌词|가사\
            |audio|аудио|visuali[sz]er|u?hd|hq|[248]k|[0-9]{3,4}p(?:60)?|高清|高音質|高音质|m/?v|pv""";

    /** Words that are an advertisement only beside one of the others. */
    private static final String FILLERS =
            "music(?:al)?|full|ultra|high|quality|version|song|only|with|con|com|avec|mit|in|the|(?:19|20)[0-9]{2}";

    /** Group 1 is present if one of the words is. As nothing is tried twice, the time is linear. */
    private static final Pattern ADVERTISEMENT =
            Pattern.compile("(?iu)(?>(" + WORDS + ")|" + FILLERS + "|[\\p{P}\\p{S} ])*+");

    private static final Pattern OFFICIAL =
            Pattern.compile("(?iu)offici|oficial|ufficiale|offiziell|oficjaln|официальн|公式|官方|공식|m/?v");

    private static final Pattern SEPARATOR = Pattern.compile(" *[|｜]+ *| (?:[-–—―]|/+|[•·]) ");
    private static final Pattern DASH = Pattern.compile(" [-–—―] ");

    /** A quotation mark or bracket at the end of a name. */
    private static final Pattern CLOSED = Pattern.compile("[」』）】] ?|[»”’\"')\\]] ");

    private static final Pattern LEFT_BLANKS = Pattern.compile("(?<=[(\\[{（［｛【〔〖]) +| +(?=[ )\\]}）］｝】〕〗])");
    private static final Pattern LEFT_SEPARATORS = Pattern.compile("(?<= [-–—―|])(?: [-–—―|])+(?= )");
    private static final Pattern SEPARATORS_AROUND = Pattern.compile("^[-–—―|｜/:：,•· ]+|[-–—―|｜/:：,•· ]+$");

    private Advertisement() {}

    /** The title without advertisements, or as it is if nothing else would remain. */
    static String removedFrom(String title) {
        String text = withoutEnd(withoutBrackets(title));
        if (text.equals(title)) {
            return title;
        }
        text = LEFT_BLANKS.matcher(text).replaceAll("");
        text = LEFT_SEPARATORS.matcher(text).replaceAll("");
        text = SEPARATORS_AROUND.matcher(text).replaceAll("");
        return text.isEmpty() ? title : text;
    }

    private static boolean advertises(String text) {
        Matcher words = ADVERTISEMENT.matcher(text);
        return words.matches() && words.group(1) != null;
    }

    private static String withoutBrackets(String title) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < title.length(); i++) {
            int end = Brackets.isOpening(title.charAt(i)) ? Brackets.closing(title, i) : i;
            if (end > i && advertises(title.substring(i + 1, end))) {
                kept.append(' ');
                // as in "(Official Video) HD"
                i = end < title.length() && advertises(title.substring(end + 1)) ? title.length() : end;
            } else {
                kept.append(title.charAt(i));
            }
        }
        return kept.toString();
    }

    private static String withoutEnd(String title) {
        String text = title.stripTrailing();
        Optional<MatchResult> separator = last(SEPARATOR, text);
        if (separator.isPresent() && isEnd(text, separator.get())) {
            return withoutEnd(text.substring(0, separator.get().start()));
        }
        Optional<MatchResult> closed = last(CLOSED, text);
        if (closed.isPresent()) {
            String end = text.substring(closed.get().end());
            // as in: Nina "Blue" Official MV
            return advertises(end) && OFFICIAL.matcher(end).find()
                    ? text.substring(0, closed.get().end())
                    : title;
        }
        return title;
    }

    /** Behind the only dash, "Audio" may be the name of a song. */
    private static boolean isEnd(String text, MatchResult separator) {
        String before = text.substring(0, separator.start());
        String end = text.substring(separator.end());
        return advertises(end)
                && (!DASH.matcher(separator.group()).matches()
                        || DASH.matcher(before).find()
                        || OFFICIAL.matcher(end).find());
    }

    private static Optional<MatchResult> last(Pattern pattern, String text) {
        return pattern.matcher(text).results().reduce((first, second) -> second);
    }
}
