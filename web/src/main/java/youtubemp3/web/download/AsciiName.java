package youtubemp3.web.download;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a name that ASCII can express. Latin letters lose their accents, dashes and quotation marks become plain, and what
 * has no counterpart is left out. Percent signs, backslashes and double quotes are left out too, since some clients decode them.
 */
final class AsciiName {

    /** Latin letters that have no decomposition in Unicode. */
    private static final Map<String, String> LATIN_LETTERS = Map.ofEntries(
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("Æ", "AE"),
            Map.entry("œ", "oe"),
            Map.entry("Œ", "OE"),
            Map.entry("ø", "o"),
            Map.entry("Ø", "O"),
            Map.entry("ł", "l"),
            Map.entry("Ł", "L"),
            Map.entry("đ", "d"),
            Map.entry("Đ", "D"),
            Map.entry("ð", "d"),
            Map.entry("Ð", "D"),
            Map.entry("þ", "th"),
            Map.entry("Þ", "Th"),
            Map.entry("ı", "i"));

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern DASHES = Pattern.compile("\\p{Pd}");
    private static final Pattern QUOTATION_MARKS = Pattern.compile("[\\p{Pi}\\p{Pf}„‚\"]");
    private static final Pattern LEFT_OUT = Pattern.compile("[^ !#-$&-\\[\\]-~]+");

    /** Empty brackets and quotations, and repeated separators. */
    private static final Pattern REMNANTS = Pattern.compile("\\( *\\)|\\[ *]|\\{ *}|' *'|(?<= [-&,]) +[-&,](?= )");

    private static final Pattern REMNANTS_AROUND = Pattern.compile("^[-&,;:' ]+|[-&,;: ]+$");
    private static final Pattern BLANKS = Pattern.compile(" +");

    private static final Pattern OTHER_LETTER_OR_DIGIT = Pattern.compile("[[\\p{L}\\p{N}]&&[^0-9A-Za-z]]");
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[0-9A-Za-z]");
    private static final Pattern TWO_LETTERS = Pattern.compile("[A-Za-z][^A-Za-z]*[A-Za-z]");

    private AsciiName() {}

    /** The name in ASCII, or empty if it would have less than two letters of a name in another script. */
    static String of(String name) {
        String plain = name.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> LATIN_LETTERS.getOrDefault(letter, letter))
                .collect(Collectors.joining());
        plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
        plain = DASHES.matcher(plain).replaceAll("-");
        plain = QUOTATION_MARKS.matcher(plain).replaceAll("'");
        String ascii = LEFT_OUT.matcher(plain).replaceAll(" ");
        ascii = REMNANTS.matcher(ascii).replaceAll("");
        ascii = BLANKS.matcher(ascii).replaceAll(" ");
        ascii = REMNANTS_AROUND.matcher(ascii).replaceAll("");
        boolean isPart = OTHER_LETTER_OR_DIGIT.matcher(plain).find();
        return (isPart ? TWO_LETTERS : LETTER_OR_DIGIT).matcher(ascii).find() ? ascii : "";
    }
}
