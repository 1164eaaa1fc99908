package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.web.http.TestMessages;

class PastedTextTest {

    private static final String ID = "-aZ_09bcdEF";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-aZ_09bcdEF",
                "\"-aZ_09bcdEF\"",
                "-aZ_09bcdEF.",
                "https://youtu.be/-aZ_09bcdEF",
                // blanks and invisible marks
                "  https://youtu.be/-aZ_09bcdEF  ",
                "\t\r\nhttps://youtu.be/-aZ_09bcdEF\r\n",
                "\u00a0https://youtu.be/-aZ_09bcdEF\u3000",
                "\ufeff-aZ_09bcdEF\u200b",
                "\u2028-aZ_09bcdEF\u2029",
                "\u202ahttps://youtu.be/-aZ_09bcdEF\u202c",
                "https://\u200byoutu.be/\u2060-aZ_09\u00adbcdEF",
                "-aZ_09bcdEF\u0000",
                // words around it
                "Title https://youtu.be/-aZ_09bcdEF?si=x",
                "Title\u00a0https://youtu.be/-aZ_09bcdEF\u00a0more",
                "Watch \"Title\" on YouTube\nhttps://youtu.be/-aZ_09bcdEF?si=x",
                "information https://www.youtube.com/watch?v=-aZ_09bcdEF&list=PL1&index=2 information",
                "Title: youtube.com/watch?v=-aZ_09bcdEF",
                "Title:youtu.be/-aZ_09bcdEF",
                "Title //www.youtube.com/watch?v=-aZ_09bcdEF",
                "Link=https://youtu.be/-aZ_09bcdEF",
                "see https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF%26t%3D3",
                "Open vnd.youtube:-aZ_09bcdEF",
                // punctuation
                "Here: https://youtu.be/-aZ_09bcdEF.",
                "(https://youtu.be/-aZ_09bcdEF)",
                "(see youtu.be/-aZ_09bcdEF/).",
                "[https://youtu.be/-aZ_09bcdEF]",
                "<https://youtu.be/-aZ_09bcdEF>",
                "'https://youtu.be/-aZ_09bcdEF'",
                "`https://youtu.be/-aZ_09bcdEF`",
                "**https://youtu.be/-aZ_09bcdEF**",
                "\u201ehttps://youtu.be/-aZ_09bcdEF\u201c",
                "\u00abhttps://www.youtube.com/embed/-aZ_09bcdEF/\u00bb",
                "https://www.youtube.com/shorts/-aZ_09bcdEF/\u2026",
                "\u300cTitle\u300dhttps://youtu.be/-aZ_09bcdEF\u3002",
                "\u30bf\u30a4\u30c8\u30ebhttps://youtu.be/-aZ_09bcdEF\u3092\u898b\u3066",
                // markup
                "[Title](https://youtu.be/-aZ_09bcdEF)",
                "[Title](https://youtu.be/-aZ_09bcdEF \"Title\").",
                "[https://youtu.be/-aZ_09bcdEF](https://youtu.be/-aZ_09bcdEF)",
                "[url=https://youtu.be/-aZ_09bcdEF]Title[/url]",
                "<a href=\"https://youtu.be/-aZ_09bcdEF\">Title</a>",
                "<a href='https://www.youtube.com/embed/-aZ_09bcdEF/'>Title</a>",
                "<iframe src=\"//www.youtube.com/embed/-aZ_09bcdEF?rel=0\" allow=\"autoplay\"></iframe>",
                "{\"url\":\"https://youtu.be/-aZ_09bcdEF\"}",
                // inside other links, with and without encoding
                "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fyoutu.be%2F-aZ_09bcdEF&v=00000000000",
                "https://www.youtube.com/redirect?q=https://youtu.be/-aZ_09bcdEF",
                "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF&gl=DE",
                "https://web.archive.org/web/2020/https://www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://https://youtu.be/-aZ_09bcdEF",
                // line ends that were dropped
                "Titlehttps://youtu.be/-aZ_09bcdEF",
                "https://youtu.be/-aZ_09bcdEFhttps://youtu.be/-aZ_09bcdEF",
                // the same video, and what is no video
                "https://youtu.be/-aZ_09bcdEF https://www.youtube.com/watch?v=-aZ_09bcdEF&t=3",
                "https://youtu.be/-aZ_09bcdEF by https://www.youtube.com/@name, also on https://vimeo.com/1",
                "https://www.youtube.com/playlist?list=PL1\nhttps://youtu.be/-aZ_09bcdEF",
                "https://youtu.be/-aZ_09bcdE https://youtu.be/-aZ_09bcdEF",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF&list=PL1",
            })
    void namesTheVideo(String text) {
        assertThat(PastedText.of(text).video()).contains(new VideoId(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://youtu.be/-aZ_09bcdEF https://youtu.be/-aZ_09bcdEf",
                "https://youtu.be/-aZ_09bcdEF\nyoutube.com/watch?v=00000000000",
                "https://youtu.be/-aZ_09bcdEFhttps://youtu.be/00000000000",
                "https://www.youtube.com/watch?v=-aZ_09bcdEFhttps://www.youtube.com/watch?v=00000000000",
                "https://youtu.be/-aZ_09bcdEF?si=abchttps://youtu.be/00000000000",
                "https://youtu.be/-aZ_09bcdEF,https://youtu.be/00000000000",
                "[a](https://youtu.be/-aZ_09bcdEF)[b](https://youtu.be/00000000000)",
                "vnd.youtube:-aZ_09bcdEFvnd.youtube:00000000000",
            })
    void namesTwoVideos(String text) {
        assertProblem(text, LinkProblem.SEVERAL_VIDEOS);
    }

    @ParameterizedTest
    @CsvSource({
        "'', BLANK",
        "' \u200b\u00a0\n', BLANK",
        "\ud83c\udf84, BLANK",
        "hello, NO_LINK",
        "hello world, NO_LINK",
        "information about, NO_LINK",
        "-aZ_09bcdEF -aZ_09bcdEF, NO_LINK",
        "-aZ_09 bcdEF, NO_LINK",
        "file:///www.youtube.com/watch?v=-aZ_09bcdEF, NO_LINK",
        "ftp://www.youtube.com/watch?v=-aZ_09bcdEF, NO_LINK",
        "javascript:-aZ_09bcdEF, NO_LINK",
        "someone@youtube.com, NO_LINK",
        "https://evil.org@youtube.com/watch?v=-aZ_09bcdEF, NO_LINK",
        "https://youtube.com@evil.org/watch?v=-aZ_09bcdEF, NO_LINK",
        "https://youtube.com:443/watch?v=-aZ_09bcdEF, NO_LINK",
        "www.youtube.com:443/watch?v=-aZ_09bcdEF, NO_LINK",
        "https://www.youtube.com\\@evil.org/watch?v=-aZ_09bcdEF, NO_LINK",
        "evil-youtube.com/watch?v=-aZ_09bcdEF, OTHER_SITE",
        "evil.org/youtube.com/watch?v=-aZ_09bcdEF, OTHER_SITE",
        "youtube.com.evil.org/watch?v=-aZ_09bcdEF, OTHER_SITE",
        "'Title vimeo.com/1, more', OTHER_SITE",
        "https://soundcloud.com/a/b., OTHER_SITE",
        "https://vimeo.com/1 https://www.youtube.com/@name, CHANNEL",
        "youtube.com, OTHER_PAGE",
        "(www.youtube.com), OTHER_PAGE",
        "My list: https://www.youtube.com/playlist?list=PL1., PLAYLIST",
        "https://youtube.com/clip/Ugkx?si=x, CLIP",
        "https://www.youtube.com/results?search_query=music, SEARCH",
        "https://youtu.be/-aZ_09 bcdEF, INCOMPLETE",
        "https://www.youtube.com/redirect?q=https%3A%2F%2Fvimeo.com%2F1, OTHER_PAGE",
    })
    void namesNoVideo(String text, LinkProblem problem) {
        assertProblem(text, problem);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.youtube.com/playlist?list=PL0123456789abcdef, PL0123456789abcdef",
        "My list: youtube.com/playlist?list=PL0123456789abcdef&si=x., PL0123456789abcdef",
        "https://music.youtube.com/playlist?list=OLAK5uy_k0123456789abcdefghijklmnopqrstuv,"
                + " OLAK5uy_k0123456789abcdefghijklmnopqrstuv",
        "https://www.youtube.com/watch?v=-aZ_09bcdEF&list=PL0123456789abcdef&index=3, PL0123456789abcdef",
        "https://youtu.be/-aZ_09bcdEF?list=PL0123456789abcdef, PL0123456789abcdef",
        "https://www.youtube.com/embed/videoseries?list=PL0123456789abcdef, PL0123456789abcdef",
        "https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3D-aZ_09bcdEF%26list%3DPL0123456789abcdef,"
                + " PL0123456789abcdef",
        "https://www.youtube.com/playlist?list=PL0123456789abcdef https://youtu.be/-aZ_09bcdEF, PL0123456789abcdef",
        // mixes
        "https://www.youtube.com/watch?v=-aZ_09bcdEF&list=RD-aZ_09bcdEF&start_radio=1, RD-aZ_09bcdEF",
        "https://www.youtube.com/watch?v=-aZ_09bcdEF&list=RDMM, RDMM.-aZ_09bcdEF",
        "https://youtu.be/-aZ_09bcdEF?list=RDMM, RDMM.-aZ_09bcdEF",
    })
    void namesThePlaylist(String text, String playlist) {
        assertThat(PastedText.of(text).playlist()).map(PlaylistId::toString).contains(playlist);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-aZ_09bcdEF",
                "https://youtu.be/-aZ_09bcdEF",
                // of the person who is signed in
                "https://www.youtube.com/watch?v=-aZ_09bcdEF&list=WL",
                "https://www.youtube.com/playlist?list=LL",
                "https://www.youtube.com/playlist?list=RDMM",
                "https://www.youtube.com/playlist",
                "https://evil.org/playlist?list=PL0123456789abcdef",
                // two, and of two videos
                "youtube.com/playlist?list=PL0123456789abcdef youtube.com/playlist?list=PL0123456789abcdeF",
                "youtu.be/-aZ_09bcdEF?list=PL0123456789abcdef youtu.be/00000000000?list=PL0123456789abcdef",
            })
    void namesNoPlaylist(String text) {
        assertThat(PastedText.of(text).playlist()).isEmpty();
    }

    private static void assertProblem(String text, LinkProblem problem) {
        PastedText pasted = PastedText.of(text);
        assertThat(pasted.video()).isEmpty();
        assertThat(pasted.problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @EnumSource
    void eachProblemHasASentence(LinkProblem problem) {
        assertThat(TestMessages.load().getMessage(problem)).endsWith(".");
    }

    @Test
    void hasUpTo2000Characters() {
        String link = "https://www.youtube.com/watch?v=" + ID + "&pad=";
        String longest = link + "x".repeat(2000 - link.length());

        assertThat(PastedText.of(longest).video()).contains(new VideoId(ID));
        assertProblem(longest + "x", LinkProblem.TOO_LONG);
        assertThat(PastedText.of(" ".repeat(2000 - ID.length()) + ID).video()).contains(new VideoId(ID));
        assertProblem(" ".repeat(2001 - ID.length()) + ID, LinkProblem.TOO_LONG);
    }

    @Test
    @Timeout(5)
    void isReadQuicklyWhateverItIs() {
        for (String piece : new String[] {
            "&amp;",
            "&v",
            "/",
            "%",
            "=",
            "a.",
            "a",
            "-",
            ")",
            ").x",
            " ",
            "?",
            "https://",
            "https%3A%2F%2F",
            "\u0000",
            "//"
        }) {
            for (String begin : new String[] {"", "https://www.youtube.com/watch?", "www.youtube.com/watch?"}) {
                assertThat(PastedText.of(begin + piece.repeat(1900 / piece.length()))
                                .video())
                        .isEmpty();
            }
            assertThat(PastedText.of(piece.repeat(5_000_000)).video()).isEmpty();
        }
    }
}
