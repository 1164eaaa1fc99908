package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.springframework.http.ContentDisposition;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;

@AddLifecycleHook(ManyCases.class)
class FileNameProperties {

    private static final UUID JOB = UUID.fromString("c3f044e1-1e66-4a52-be7d-6e344fb6aec6");

    /** "Naming Files, Paths, and Namespaces" of Windows: with any ending. */
    private static final Set<String> RESERVED = IntStream.concat(
                    IntStream.rangeClosed('0', '9'), "\u00b9\u00b2\u00b3".chars())
            .mapToObj(Character::toString)
            .flatMap(digit -> java.util.stream.Stream.of("com" + digit, "lpt" + digit, "con", "prn", "aux", "nul"))
            .collect(Collectors.toSet());

    private static final Pattern HEADER = Pattern.compile(
            "attachment; filename=\"([ !#-\\[\\]-~]+)\"; filename\\*=UTF-8''([!#$&+.^_`|~A-Za-z0-9%-]+)");

    @Property
    void aNameThatEverySystemTakes(@ForAll("texts") String title, @ForAll("texts") String artist) {
        FileName names = FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, artist));

        assertIsTaken(names.value());
        Matcher header = HEADER.matcher(names.asAttachment());
        assertThat(header.matches()).isTrue();
        assertIsTaken(header.group(1));
    }

    private static void assertIsTaken(String name) {
        assertThat(name).endsWith(".mp3").hasSizeGreaterThan(4);
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(255);
        assertThat(name.codePoints()).noneMatch(c -> "/\\:*?\"<>|".indexOf(c) >= 0 || isInvisible(c));
        assertThat(name.charAt(0)).isNotIn('.', ' ', '-');
        String stem = name.substring(0, name.length() - 4);
        assertThat(stem.charAt(stem.length() - 1)).isNotIn('.', ' ');
        assertThat(RESERVED).doesNotContain(stem.split("\\.", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    @Property
    void aHeaderInAsciiThatReadsBack(@ForAll("texts") String title, @ForAll("texts") String artist) {
        FileName name = FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, artist));
        String header = name.asAttachment();

        Matcher parts = HEADER.matcher(header);
        assertThat(parts.matches()).as(header).isTrue();
        ContentDisposition read = ContentDisposition.parse(header);
        assertThat(read.isAttachment()).isTrue();
        assertThat(read.getFilename()).isEqualTo(name.value());
        // for clients of old, which would decode a percent or unescape a backslash
        assertThat(parts.group(1)).doesNotContain("%", "\\").endsWith(".mp3");
    }

    @Property(tries = 300)
    void aNameStaysAsItIs(@ForAll("texts") String title) {
        String once = FileName.of(JOB, OutputOptions.DEFAULT, null, new Track(title, ""))
                .value();
        String again = FileName.of(
                        JOB, OutputOptions.DEFAULT, null, new Track(once.substring(0, once.length() - 4), ""))
                .value();

        assertThat(again).isEqualTo(once);
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || c == 0x61c
                || c == 0x200e
                || c == 0x200f
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "con",
                        "CON",
                        "prn",
                        "aux",
                        "nul",
                        "NUL",
                        "com1",
                        "LPT9",
                        "com\u00b9",
                        ".",
                        "..",
                        " ",
                        "/",
                        "\\",
                        ":",
                        " : ",
                        "*",
                        "?",
                        "\"",
                        "<",
                        ">",
                        "|",
                        "'",
                        "%",
                        "%2f",
                        "%22",
                        ";",
                        "=",
                        "\u0000",
                        "\n",
                        "\r\n",
                        "\u007f",
                        "\u0085",
                        "\u202e",
                        "\u2066",
                        "\u200f",
                        "\u061c",
                        "\u2028",
                        "\u200b",
                        "\u00a0",
                        "\u3000",
                        "\ufeff",
                        "\ud800",
                        "\udc00",
                        "\ud83c\udf84",
                        "e\u0301",
                        "\u0301",
                        "\u00e9",
                        "\u65e5\u672c",
                        "\ufdfa",
                        "\ufb01",
                        "\uac00",
                        "\ue000",
                        "mp3",
                        ".mp3",
                        "-",
                        " - ",
                        "a",
                        "A title")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(60);
        Arbitrary<String> points = Arbitraries.integers()
                .between(0, 0x10ffff)
                .list()
                .ofMaxSize(30)
                .map(list -> list.stream().map(Character::toString).collect(Collectors.joining()));
        Arbitrary<String> plain = Arbitraries.strings().ascii().ofMaxLength(60);
        Arbitrary<String> endless = pieces.map(piece -> piece.repeat(60));
        return Arbitraries.oneOf(pieces, pieces, any, points, plain, endless);
    }
}
