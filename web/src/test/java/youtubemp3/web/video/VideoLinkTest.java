package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.VideoId;

class VideoLinkTest {

    /** All of YouTube's characters, and one of the kinds that an option of a command would begin with. */
    private static final String ID = "-aZ_09bcdEF";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF&t=42s&list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG&index=3",
                "https://www.youtube.com/watch?app=desktop&feature=share&v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG&v=-aZ_09bcdEF",
                "https://www.youtube.com/playlist?list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG&v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?&&v=-aZ_09bcdEF&",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF#t=10",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF#?v=00000000000",
                "https://www.youtube.com/watch/?v=-aZ_09bcdEF",
                "https://www.youtube.com/watch/-aZ_09bcdEF",
                "https://www.youtube.com/watch/-aZ_09bcdEF?t=3",
                "https://www.youtube.com/?v=-aZ_09bcdEF",
                "https://www.youtube.com?v=-aZ_09bcdEF",
                "https://www.youtube.com//watch?v=-aZ_09bcdEF",
                // the first one counts
                "https://www.youtube.com/watch?v=-aZ_09bcdEF&v=00000000000",
                "https://youtu.be/-aZ_09bcdEF",
                "https://youtu.be/-aZ_09bcdEF/",
                "https://youtu.be/-aZ_09bcdEF?si=AbCdEfGh&t=42",
                "https://www.youtu.be/-aZ_09bcdEF",
                "https://www.youtube.com/shorts/-aZ_09bcdEF",
                "https://www.youtube.com/shorts/-aZ_09bcdEF?feature=share",
                "https://www.youtube.com/live/-aZ_09bcdEF?si=AbCdEfGh",
                "https://www.youtube.com/embed/-aZ_09bcdEF?autoplay=1",
                "https://www.youtube.com/embed/-aZ_09bcdEF/",
                "https://www.youtube.com/v/-aZ_09bcdEF?version=3",
                "https://www.youtube.com/e/-aZ_09bcdEF",
                "https://www.youtube-nocookie.com/embed/-aZ_09bcdEF",
                "https://youtube-nocookie.com/embed/-aZ_09bcdEF",
                "https://music.youtube.com/watch?v=-aZ_09bcdEF&list=RDAMVM-aZ_09bcdEF",
                "https://m.youtube.com/watch?v=-aZ_09bcdEF",
                "https://youtube.com/watch?v=-aZ_09bcdEF",
                // as people write
                "http://www.youtube.com/watch?v=-aZ_09bcdEF",
                "//www.youtube.com/watch?v=-aZ_09bcdEF",
                "www.youtube.com/watch?v=-aZ_09bcdEF",
                "youtube.com/watch?v=-aZ_09bcdEF",
                "youtu.be/-aZ_09bcdEF",
                "HTTPS://WWW.YOUTUBE.COM/watch?v=-aZ_09bcdEF",
                "YouTu.be/-aZ_09bcdEF",
                // as other programs write
                "https://www.youtube.com/watch?list=PL1&amp;v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?list=PL1&amp;amp;v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF&amp;t=1",
                "https://www.youtube.com/watch?v=%2DaZ%5F09bcdEF",
                "https://www.youtube.com/watch?%76=-aZ_09bcdEF",
                "https://www.youtube.com/%77atch?v=-aZ_09bcdEF",
                "https://youtu.be/%2DaZ_09bcdEF",
                "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF%26t%3D3",
                "http%3a%2f%2fyoutu.be%2f-aZ_09bcdEF",
                "https://www.youtube.com/watch?x=%zz&v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?%zz=1&v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?flag&v=-aZ_09bcdEF",
                // joined with the wrong character
                "https://youtu.be/-aZ_09bcdEF&feature=share",
                "https://www.youtube.com/v/-aZ_09bcdEF&hl=en",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF?si=AbCdEfGh",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF/",
                // with the next word behind it
                "https://youtu.be/-aZ_09bcdEF)",
                "https://youtu.be/-aZ_09bcdEF\u3092\u898b\u3066",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF.",
                "https://www.youtube.com/watch?v=-aZ_09bcdEF%20x",
                // as the app for Android writes
                "vnd.youtube:-aZ_09bcdEF",
                "vnd.youtube:-aZ_09bcdEF?list=PL1",
                "vnd.youtube://-aZ_09bcdEF",
                "vnd.youtube://www.youtube.com/watch?v=-aZ_09bcdEF",
                "VND.YouTube:-aZ_09bcdEF",
                // pages that lead to that of the video
                "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D-aZ_09bcdEF%26feature%3Dshare",
                "https://www.youtube.com/attribution_link?u=/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com/signin?app=desktop&next=%2Fwatch%3Fv%3D-aZ_09bcdEF",
            })
    void isALinkToTheVideo(String text) {
        assertThat(VideoLink.parse(text)).contains(new VideoId(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u200b",
                "hello",
                "-aZ_09bcdEF",
                "https://",
                "https:///watch?v=-aZ_09bcdEF",
                // other hosts, and hosts that look like it
                "https://vimeo.com/watch?v=-aZ_09bcdEF",
                "https://youtube.com.evil.org/watch?v=-aZ_09bcdEF",
                "https://evil.org/youtube.com/watch?v=-aZ_09bcdEF",
                "https://evil.org/www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://evil.org?https://www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://evil.org#https://www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://evilyoutube.com/watch?v=-aZ_09bcdEF",
                "https://evil-youtube.com/watch?v=-aZ_09bcdEF",
                "https://evil.youtube.com/watch?v=-aZ_09bcdEF",
                "https://www.www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://youtube.co/watch?v=-aZ_09bcdEF",
                "https://youtube.com./watch?v=-aZ_09bcdEF",
                "https://youtube..com/watch?v=-aZ_09bcdEF",
                "https://wwwxyoutube.com/watch?v=-aZ_09bcdEF",
                "https://m.youtube-nocookie.com/watch?v=-aZ_09bcdEF",
                "https://youtu.be.evil.org/-aZ_09bcdEF",
                "https://invidious.io/watch?v=-aZ_09bcdEF",
                // users, ports, addresses
                "https://youtube.com@evil.org/watch?v=-aZ_09bcdEF",
                "https://evil.org@youtube.com/watch?v=-aZ_09bcdEF",
                "https://user:word@www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com:443/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com:/watch?v=-aZ_09bcdEF",
                "www.youtube.com:443/watch?v=-aZ_09bcdEF",
                "https://142.250.74.78/watch?v=-aZ_09bcdEF",
                "https://[2a00:1450:4001::200e]/watch?v=-aZ_09bcdEF",
                "http://127.0.0.1/watch?v=-aZ_09bcdEF",
                "http://localhost/watch?v=-aZ_09bcdEF",
                // other schemes, and none that is one
                "ftp://www.youtube.com/watch?v=-aZ_09bcdEF",
                "file:///www.youtube.com/watch?v=-aZ_09bcdEF",
                "javascript:-aZ_09bcdEF",
                "ytsearch:-aZ_09bcdEF",
                "vnd.youtube:",
                "vnd.youtube:-aZ_09bcdE",
                "vnd.youtube://evil.org/watch?v=-aZ_09bcdEF",
                "https:www.youtube.com/watch?v=-aZ_09bcdEF",
                "https:/www.youtube.com/watch?v=-aZ_09bcdEF",
                "https:////www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://https://www.youtube.com/watch?v=-aZ_09bcdEF",
                "xhttps://www.youtube.com/watch?v=-aZ_09bcdEF",
                "ftp%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "xhttps%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-aZ_09bcdEF",
                // what browsers read as a slash or a dot
                "https:\\\\www.youtube.com\\watch?v=-aZ_09bcdEF",
                "https://evil.org\\@www.youtube.com/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com\\@evil.org/watch?v=-aZ_09bcdEF",
                "https://www.youtube\u3002com/watch?v=-aZ_09bcdEF",
                "https://www.youtube\uff0ecom/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com\u2044watch?v=-aZ_09bcdEF",
                "https://www%2Eyoutube.com/watch?v=-aZ_09bcdEF",
                // letters that become others in upper or lower case
                "https://mu\u017fic.youtube.com/watch?v=-aZ_09bcdEF",
                "https://youtube-noco\u212aie.com/embed/-aZ_09bcdEF",
                "https://www.y\u043eutube.com/watch?v=-aZ_09bcdEF",
                "https://xn--yutube-jlh.com/watch?v=-aZ_09bcdEF",
                // pages that are no video
                "https://www.youtube.com",
                "https://www.youtube.com/",
                "https://www.youtube.com/watch",
                "https://www.youtube.com/watch?",
                "https://www.youtube.com/watch?v",
                "https://www.youtube.com/watch?v=",
                "https://www.youtube.com/watch?V=-aZ_09bcdEF",
                "https://www.youtube.com/watch?vv=-aZ_09bcdEF",
                "https://www.youtube.com/watch?x=v=-aZ_09bcdEF",
                "https://www.youtube.com/watch#v=-aZ_09bcdEF",
                "https://www.youtube.com/watch?list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG",
                "https://www.youtube.com/playlist?list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG",
                "https://www.youtube.com/playlist/-aZ_09bcdEF",
                "https://www.youtube.com/embed/videoseries?list=PLx0sYbCqOb8TBPRdmBHs5Iftvv9TPboYG",
                "https://www.youtube.com/embed/live_stream?channel=UCuAXFkgsw1L7xaCfnd5JJOw",
                "https://www.youtube.com/embed",
                "https://www.youtube.com/embed?v=-aZ_09bcdEF",
                "https://www.youtube.com/shorts",
                "https://www.youtube.com/shorts/",
                "https://www.youtube.com/shorts?v=-aZ_09bcdEF",
                "https://www.youtube.com/shorts/-aZ_09bcdEF/comments",
                "https://www.youtube.com/@channel",
                "https://www.youtube.com/@-aZ_09bcdEF",
                "https://www.youtube.com/c/-aZ_09bcdEF",
                "https://www.youtube.com/user/-aZ_09bcdEF",
                "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw",
                "https://www.youtube.com/-aZ_09bcdEF",
                "https://www.youtube.com/results?search_query=-aZ_09bcdEF",
                "https://www.youtube.com/results?v=-aZ_09bcdEF",
                "https://www.youtube.com/%zz?v=-aZ_09bcdEF",
                "https://www.youtube.com/x/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com/../watch?v=-aZ_09bcdEF",
                "https://youtu.be",
                "https://youtu.be/",
                "https://youtu.be/x/-aZ_09bcdEF",
                "https://youtu.be/-aZ_09bcdEF/x",
                "https://youtu.be/?v=-aZ_09bcdEF",
                // pages that lead elsewhere
                "https://www.youtube.com/attribution_link?u=%2F%2Fevil.org%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "https://www.youtube.com/attribution_link?u=.evil.org%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "https://www.youtube.com/attribution_link?u=%40evil.org%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "https://www.youtube.com/attribution_link?u=%2Fshorts%2F-aZ_09bcdE",
                "https://www.youtube.com/attribution_link?a=%2Fwatch%3Fv%3D-aZ_09bcdEF",
                "https://www.youtube.com/attribution_link",
                // ids of 10, 12 and of other characters
                "-aZ_09bcdE",
                "-aZ_09bcdEFG",
                "https://www.youtube.com/watch?v=-aZ_09bcdE",
                "https://www.youtube.com/watch?v=-aZ_09bcdEFG",
                "https://youtu.be/-aZ_09bcdE",
                "https://youtu.be/-aZ_09bcdEFG",
                "https://www.youtube.com/shorts/-aZ_09bcdEFG",
                "-aZ_09bcdE!",
                "-aZ_09bcdE\u00e9",
                "-aZ_09bcdE\u0000",
                "-aZ_09 bcdE",
                "https://youtu.be/-aZ_09bcdE.",
                "https://www.youtube.com/watch?v=-aZ_09bcdE%00",
                "https://www.youtube.com/watch?v=+aZ_09bcdEF",
                "https://www.youtube.com/watch?v=%zzaZ_09bcd",
                "https://www.youtube.com/watch?v=%2525aZ_09bcdEF",
                // the first one counts
                "https://www.youtube.com/watch?v=x&v=-aZ_09bcdEF",
                // more than a link
                " https://youtu.be/-aZ_09bcdEF",
                "see https://youtu.be/-aZ_09bcdEF",
                "https://youtu.be/-aZ_09\nbcdEF",
                "https://www.you\ntube.com/watch?v=-aZ_09bcdEF",
                "https://www.youtube.com/ watch?v=-aZ_09bcdEF",
            })
    void isNoLinkToAVideo(String text) {
        assertThat(VideoLink.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.youtube.com/playlist?list=PL1, PLAYLIST",
        "https://www.youtube.com/watch?list=PL1, PLAYLIST",
        "https://youtube.com/embed/videoseries?list=PL1, PLAYLIST",
        "'https://www.youtube.com/watch_videos?video_ids=-aZ_09bcdEF,-aZ_09bcdEF', PLAYLIST",
        "https://music.youtube.com/playlist?list=OLAK5uy_x, PLAYLIST",
        "https://music.youtube.com/browse/MPREb_x, PLAYLIST",
        "https://www.youtube.com/@name, CHANNEL",
        "https://www.youtube.com/@name/videos, CHANNEL",
        "https://m.youtube.com/%40name, CHANNEL",
        "youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw, CHANNEL",
        "https://www.youtube.com/c/name/featured, CHANNEL",
        "https://www.youtube.com/user/name, CHANNEL",
        "https://www.youtube.com/embed/live_stream?channel=UCuAXFkgsw1L7xaCfnd5JJOw, CHANNEL",
        "https://youtube.com/clip/UgkxQ-AZ?si=x, CLIP",
        "https://www.youtube.com/results?search_query=music, SEARCH",
        "https://music.youtube.com/search?q=music, SEARCH",
        "https://youtu.be/, INCOMPLETE",
        "https://youtu.be/-aZ_09bcdE, INCOMPLETE",
        "https://www.youtube.com/watch, INCOMPLETE",
        "https://www.youtube.com/watch?v=-aZ_09bcdEFG, INCOMPLETE",
        "https://www.youtube.com/shorts/-aZ_09, INCOMPLETE",
        "https://www.youtube.com, OTHER_PAGE",
        "https://www.youtube.com/feed/trending, OTHER_PAGE",
        "https://www.youtube.com/hashtag/music, OTHER_PAGE",
        "https://www.youtube.com/post/Ugkx, OTHER_PAGE",
        "https://studio.youtube.com/video/-aZ_09bcdEF/edit, OTHER_PAGE",
        "https://vimeo.com/123, OTHER_SITE",
        "https://9gag.com/gag/x, OTHER_SITE",
        "https://youtube.com.evil.org/watch?v=-aZ_09bcdEF, OTHER_SITE",
        "https://evilyoutube.com/watch?v=-aZ_09bcdEF, OTHER_SITE",
        "https://localhost/, NO_LINK",
        "https://, NO_LINK",
        "https://www.youtube.com@evil.org/watch, NO_LINK",
    })
    void isALinkToSomethingElse(String link, LinkProblem problem) {
        assertThat(VideoLink.parse(link)).isEmpty();
        assertThat(VideoLink.problem(link)).isEqualTo(problem);
    }
}
