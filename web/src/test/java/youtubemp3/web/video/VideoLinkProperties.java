package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.VideoId;

@AddLifecycleHook(ManyCases.class)
class VideoLinkProperties {

    private static final String ID = "-aZ_09bcdEF";

    private static final Set<String> HOSTS = Set.of(
            "youtube.com",
            "www.youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "youtube-nocookie.com",
            "www.youtube-nocookie.com",
            "youtu.be",
            "www.youtu.be");

    /** What links, and what attacks on those who read links, are made of. */
    private static final Arbitrary<String> PIECES = Arbitraries.of(
            "http://",
            "https://",
            "HTTPS://",
            "https:",
            "//",
            "///",
            "ftp://",
            "javascript:",
            "file:///",
            "http%3A%2F%2F",
            "https%3a%2f%2f",
            "%68ttps://",
            "www.",
            "m.",
            "youtube.com",
            "YouTube.COM",
            "www.youtube.com",
            "youtu.be",
            "youtube-nocookie.com",
            "yout\u016bbe.com",
            "youtube\u3002com",
            "youtube.co\u043c",
            "\uff59outube.com",
            "youtube%2ecom",
            "youtube.com.",
            ".youtube.com",
            "evil.org",
            "127.0.0.1",
            "[::1]",
            "0x7f.1",
            "localhost",
            "xn--",
            "@",
            ":",
            ":443",
            ":@",
            "user:word@",
            "\\",
            "/\\",
            "/",
            "//",
            "?",
            "#",
            "&",
            "&amp;",
            ";",
            "=",
            "%",
            "%2F",
            "%40",
            "%5C",
            "%23",
            "%3F",
            "%00",
            "\u0000",
            "\t",
            "\n",
            "\r",
            " ",
            "\u200b",
            "\u202e",
            "\ufeff",
            "..",
            "/../",
            "/watch",
            "watch",
            "/embed/",
            "/shorts/",
            "/live/",
            "/v/",
            "/e/",
            "/playlist",
            "?v=",
            "&v=",
            "v=",
            "list=PL1",
            ID,
            "-aZ_09bcdEF0",
            "videoseries",
            "a",
            "\ud800",
            "\ud83c\udf84");

    @Property(tries = 2000)
    void whatIsALinkIsOneToYouTube(@ForAll("texts") String text) {
        VideoLink.parse(text).ifPresent(video -> {
            assertThat(video.value()).matches("\\A[A-Za-z0-9_-]{11}\\z");
            assertThat(hosts(text)).as(text).allSatisfy(host -> assertThat(host).isIn(HOSTS));
        });
    }

    @Property
    void aLinkIsReadWhateverStandsAroundItsId(@ForAll("links") Link link) {
        assertThat(VideoLink.parse(link.text())).as(link.text()).contains(link.id());
    }

    @Property
    void theSameLinkToAnotherHostIsNone(@ForAll("links") Link link, @ForAll("strangers") String host) {
        String elsewhere = link.text().replaceFirst("(?i)" + link.host().replace(".", "\\."), host);

        assertThat(VideoLink.parse(elsewhere)).as(elsewhere).isEmpty();
    }

    @Property
    void aLinkIsFoundInAText(
            @ForAll("links") Link link, @ForAll("words") String before, @ForAll("words") String behind) {
        String text = before + link.text() + behind;

        assertThat(PastedText.of(text).video()).as(text).contains(link.id());
    }

    @Property(tries = 2000)
    void aVideoIsOneThatTheTextNames(@ForAll("texts") String text) {
        PastedText.of(text)
                .video()
                .ifPresent(video -> assertThat(percentDecoded(text.replaceAll("\\p{Cf}", "")))
                        .as(text)
                        .contains(video.value()));
    }

    /** An expression that tries all ways to match would take longer than the sun shines. */
    @Property(tries = 50)
    void noTextIsTooLong(@ForAll("endless") String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> PastedText.of(text));
    }

    /**
     * The hosts that a browser (WHATWG: a backslash is a slash, tabs and line ends are none, slashes in front of the host do
     * not count) and a strict reader (RFC 3986) would go to; more than one where they do not agree.
     */
    private static List<String> hosts(String text) {
        String decoded = text.regionMatches(true, 0, "http%3A", 0, 7) || text.regionMatches(true, 0, "https%3A", 0, 8)
                ? percentDecoded(text)
                : text;
        String strict = decoded.replaceFirst("^(?i:https?:)?//", "");
        String lax = decoded.replaceAll("[\\t\\n\\r]", "").replace('\\', '/').replaceFirst("^(?i:https?:)?/*", "");
        return List.of(host(strict), host(lax));
    }

    private static String host(String afterScheme) {
        int end = 0;
        while (end < afterScheme.length() && "/?#".indexOf(afterScheme.charAt(end)) < 0) {
            end++;
        }
        String authority = afterScheme.substring(0, end);
        String afterUser = authority.substring(authority.lastIndexOf('@') + 1);
        // whatever else is in it (a port, a foreign dot or letter) makes it another host than those that are allowed
        return afterUser.toLowerCase(Locale.ROOT);
    }

    private static String percentDecoded(String text) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            String hex = text.charAt(i) == '%' && i + 2 < text.length() ? text.substring(i + 1, i + 3) : "";
            if (hex.matches("[0-9A-Fa-f]{2}")) {
                decoded.append((char) Integer.parseInt(hex, 16));
                i += 2;
            } else {
                decoded.append(text.charAt(i));
            }
        }
        return decoded.toString();
    }

    /**
     * A link as YouTube or people write them.
     *
     * @param host the host as it stands in the text, for others to take its place
     */
    record Link(String text, String host, VideoId id) {}

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = PIECES.list().ofMaxSize(12).map(list -> String.join("", list));
        Arbitrary<String> nearly = Combinators.combine(
                        Arbitraries.of("https://", "//", "", "https:/", "https:\\\\", "https%3A%2F%2F"),
                        PIECES.list().ofMaxSize(2),
                        Arbitraries.of(List.copyOf(HOSTS)),
                        PIECES.list().ofMaxSize(2),
                        Arbitraries.of("/watch?v=", "/", "/embed/", "?v=", "%2Fwatch%3Fv%3D"),
                        Arbitraries.of(ID, ID + "&t=1", ID + "#x"))
                .as((scheme, before, host, behind, path, id) ->
                        scheme + String.join("", before) + host + String.join("", behind) + path + id);
        return Arbitraries.oneOf(pieces, nearly, nearly, Arbitraries.strings().ofMaxLength(60));
    }

    @Provide
    Arbitrary<Link> links() {
        Arbitrary<VideoId> ids = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("-_")
                .ofLength(11)
                .filter(id -> !id.equals("videoseries") && !id.equals("live_stream"))
                .map(VideoId::new);
        Arbitrary<String> schemes = Arbitraries.of("https://", "http://", "//", "", "HTTPS://");
        Arbitrary<String> shapes = Arbitraries.of(
                "youtu.be/#",
                "www.youtu.be/#?",
                "www.youtube.com/watch?v=#&",
                "youtube.com/watch?*&v=#&",
                "M.YouTube.com/watch?*&v=#&",
                "music.youtube.com/watch?v=#&",
                "www.youtube.com/shorts/#?",
                "www.youtube.com/live/#?",
                "www.youtube-nocookie.com/embed/#?",
                "www.youtube.com/v/#?",
                "www.youtube.com/e/#?");
        Arbitrary<String> parameters = Combinators.combine(
                        Arbitraries.of("t", "list", "si", "feature", "pp", "index", "ab_channel"),
                        Arbitraries.strings().ofMaxLength(12))
                .as((name, value) ->
                        name + "=" + URLEncoder.encode(value.replaceAll("\\p{Cs}", ""), StandardCharsets.UTF_8))
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("&", list));
        return Combinators.combine(schemes, shapes, ids, parameters, parameters)
                .as((scheme, shape, id, first, second) -> {
                    boolean open = shape.endsWith("&") || shape.endsWith("?");
                    String path = shape.replace("*", first).replace("#", id.value()) + (open ? second : "");
                    return new Link(scheme + path, shape.substring(0, shape.indexOf('/')), id);
                });
    }

    /** Words without a link, and a blank or a sign between them and the link. */
    @Provide
    Arbitrary<String> words() {
        Arbitrary<String> word =
                Arbitraries.of("Title", "information", "\u898b\u3066", "\ud83c\udf84", "https", "@name", "(", "a.b");
        Arbitrary<String> between = Arbitraries.of(
                " ", "\n", "\u00a0", "\u3000", "\u2028", "\ufeff ", "\"", "<", ">", "[", "]", "\u201c", "\u3002",
                "\u2026");
        return Combinators.combine(between, word, between)
                .as((first, text, last) -> first + text + last)
                .list()
                .ofMaxSize(3)
                .map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> strangers() {
        Arbitrary<String> made = Combinators.combine(
                        Arbitraries.of(List.copyOf(HOSTS)),
                        Arbitraries.of(
                                "evil.org",
                                "x",
                                ".",
                                "\u3002",
                                "\u0430",
                                "\u200b",
                                "@evil.org",
                                ":443",
                                ":",
                                "\\",
                                "%2f",
                                "%00",
                                "-",
                                "1"),
                        Arbitraries.of(0, 1, 2))
                .as((host, what, where) -> switch (where) {
                    case 0 -> what + host;
                    case 1 -> host + what;
                    default -> host.substring(0, 3) + what + host.substring(3);
                });
        Arbitrary<String> others = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(".-")
                .ofMinLength(1)
                .ofMaxLength(20);
        // what begins with blanks is only a link with blanks in front
        return Arbitraries.oneOf(made, others)
                .filter(host -> !HOSTS.contains(host.replaceAll("[\\u200b]", "").toLowerCase(Locale.ROOT)))
                .map(host -> host.replace("\\", "\\\\"));
    }

    @Provide
    Arbitrary<String> endless() {
        Arbitrary<String> unit =
                Arbitraries.oneOf(PIECES, PIECES.list().ofMaxSize(3).map(list -> String.join("", list)));
        return Combinators.combine(unit, unit, unit, Arbitraries.integers().between(1, 300_000))
                .as((before, again, behind, length) -> {
                    String middle = again.isEmpty() ? "/" : again;
                    // below the limit too, where the expressions are at work
                    int whole = length % 3 == 0 ? length : length % 1900;
                    return before + middle.repeat(1 + whole / middle.length()) + behind;
                });
    }
}
