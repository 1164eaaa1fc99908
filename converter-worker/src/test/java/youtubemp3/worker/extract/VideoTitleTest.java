package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.Track;

class VideoTitleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Adele - Hello                                       ¦ AdeleVEVO            ¦ Adele              ¦ Hello
            Adele - Hello (Official Music Video)                ¦ AdeleVEVO            ¦ Adele              ¦ Hello
            Adele - Hello (Official Video)                      ¦ ADELE                ¦ Adele              ¦ Hello
            ADELE - Hello                                       ¦ Adele                ¦ ADELE              ¦ Hello
            Hello                                               ¦ ADELE - Topic        ¦ ADELE              ¦ Hello
            Hello                                               ¦ AdeleVEVO            ¦ Adele              ¦ Hello
            Adele - Hello                                       ¦ Adele Official       ¦ Adele              ¦ Hello
            Adele - Hello                                       ¦ Adele Official Channel ¦ Adele            ¦ Hello
            LiSA 『紅蓮華』                                      ¦ LiSA Official YouTube ¦ LiSA              ¦ 紅蓮華
            PSY - GANGNAM STYLE(강남스타일) M/V                  ¦ officialpsy          ¦ PSY                ¦ GANGNAM STYLE(강남스타일)
            Pretender [Official Video]                          ¦ Official髭男dism      ¦ Official髭男dism    ¦ Pretender
            Ed Sheeran - Perfect                                ¦ EdSheeranVEVO        ¦ Ed Sheeran         ¦ Perfect
            AC/DC - Thunderstruck                               ¦ acdcVEVO             ¦ AC/DC              ¦ Thunderstruck
            Beyoncé - Halo                                      ¦ beyonceVEVO          ¦ Beyoncé            ¦ Halo
            !!! - Heart of Hearts                               ¦ !!!                  ¦ !!!                ¦ Heart of Hearts
            311 - Amber                                         ¦ 311                  ¦ 311                ¦ Amber
            Earth, Wind & Fire - September                      ¦ EarthWindandFireVEVO ¦ Earth, Wind & Fire ¦ September
            Simon & Garfunkel - America                         ¦ SimonGarfunkelVEVO   ¦ Simon & Garfunkel  ¦ America
            Clean Bandit & Mabel - Tick Tock                    ¦ Clean Bandit         ¦ Clean Bandit & Mabel ¦ Tick Tock
            Silk City, Dua Lipa - Electricity ft. Diplo         ¦ Dua Lipa             ¦ Silk City, Dua Lipa ¦ Electricity ft. Diplo
            Mark Ronson (feat. Bruno Mars) - Uptown Funk        ¦ MarkRonsonVEVO       ¦ Mark Ronson (feat. Bruno Mars) ¦ Uptown Funk
            Adele – Hello                                       ¦ Adele                ¦ Adele              ¦ Hello
            Adele — Hello                                       ¦ Adele                ¦ Adele              ¦ Hello
            Adele—Hello                                         ¦ Adele                ¦ Adele              ¦ Hello
            Adele- Hello                                        ¦ Adele                ¦ Adele              ¦ Hello
            Adele: Hello                                        ¦ Adele                ¦ Adele              ¦ Hello
            Adele | Hello                                       ¦ Adele                ¦ Adele              ¦ Hello
            Hello - Adele                                       ¦ AdeleVEVO            ¦ Adele              ¦ Hello
            Hello | Adele                                       ¦ Adele                ¦ Adele              ¦ Hello
            Adele - "Hello" (Official Video)                    ¦ Adele                ¦ Adele              ¦ Hello
            Adele “Hello”                                       ¦ Adele                ¦ Adele              ¦ Hello
            Adele 'Hello' Official Video                        ¦ Adele                ¦ Adele              ¦ Hello
            Adele - "Hello" and "Skyfall"                       ¦ Adele                ¦ Adele              ¦ "Hello" and "Skyfall"
            YOASOBI「アイドル」 Official Music Video               ¦ YOASOBI              ¦ YOASOBI            ¦ アイドル
            YOASOBI「アイドル」公式MV                              ¦ YOASOBI              ¦ YOASOBI            ¦ アイドル
            周杰倫 Jay Chou【告白氣球】Official MV                 ¦ 周杰倫 Jay Chou       ¦ 周杰倫 Jay Chou     ¦ 告白氣球
            【MV】 米津玄師 - Lemon                               ¦ 米津玄師              ¦ 米津玄師            ¦ Lemon
            周杰倫 - 稻香（官方MV）                                ¦ 周杰倫                ¦ 周杰倫              ¦ 稻香
            Кино - Группа крови (Официальное видео)             ¦ Кино                 ¦ Кино               ¦ Группа крови
            فيروز - نسم علينا الهوى (Official Audio)             ¦ فيروز                ¦ فيروز              ¦ نسم علينا الهوى
            Rammstein - Deutschland (Official Video)            ¦ Rammstein Official   ¦ Rammstein          ¦ Deutschland
            Adele - Hello - Live at the BBC                     ¦ Adele                ¦ Adele              ¦ Hello - Live at the BBC
            A - ha - Take on Me                                 ¦ a-ha                 ¦ A - ha             ¦ Take on Me
            Nina -                                              ¦ Nina                 ¦ Nina               ¦ Nina -
            - Nina                                              ¦ Nina                 ¦ Nina               ¦ - Nina
            Nina - Nina                                         ¦ Nina                 ¦ Nina               ¦ Nina
            Black Sabbath (Official Video)                      ¦ Black Sabbath        ¦ Black Sabbath      ¦ Black Sabbath
            Lecture 3 | MIT OpenCourseWare                      ¦ MIT OpenCourseWare   ¦ MIT OpenCourseWare ¦ Lecture 3
            """)
    void theChannelSaysWhichPartIsTheArtist(String title, String channel, String artist, String song) {
        assertThat(VideoTitle.track(title, channel, true)).isEqualTo(new Track(song, artist));
        assertThat(VideoTitle.track(title, channel, false)).isEqualTo(new Track(song, artist));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Nina - Blue                                         ¦ Some Label           ¦ Nina               ¦ Blue
            Nina - Blue [Some Label Release]                    ¦ Some Label           ¦ Nina               ¦ Blue [Some Label Release]
            Nina – “Blue” | Official Video                      ¦ Some Label           ¦ Nina               ¦ Blue
            Hello - Live                                        ¦ AdeleVEVO            ¦ Adele              ¦ Hello - Live
            Hello - Remastered 2011                             ¦ Adele Fans           ¦ Adele Fans         ¦ Hello - Remastered 2011
            Hello - Radio Edit                                  ¦ Adele Fans           ¦ Adele Fans         ¦ Hello - Radio Edit
            Hello - Official Video                              ¦ Adele                ¦ Adele              ¦ Hello
            Nina - Live Forever                                 ¦ Some Label           ¦ Nina               ¦ Live Forever
            Nina - Live in the Moment                           ¦ Some Label           ¦ Nina               ¦ Live in the Moment
            Blue - Live in Paris                                ¦ Some Label           ¦ Some Label         ¦ Blue - Live in Paris
            Nina - Audio                                        ¦ Some Label           ¦ Nina               ¦ Audio
            Nina - Blue - Audio                                 ¦ Some Label           ¦ Nina               ¦ Blue
            01 - Blue                                           ¦ Some Label           ¦ Some Label         ¦ 01 - Blue
            Blue (Live - 2011)                                  ¦ Some Label           ¦ Some Label         ¦ Blue (Live - 2011)
            Blue - Night Remix                                  ¦ Nina - Topic         ¦ Nina               ¦ Blue - Night Remix
            Jay-Z - 99 Problems                                 ¦ Some Label           ¦ Jay-Z              ¦ 99 Problems
            Best of 1990-1995                                   ¦ Some Label           ¦ Some Label         ¦ Best of 1990-1995
            Blue                                                ¦ Some Label           ¦ Some Label         ¦ Blue
            Nina - Blue                                         ¦ ``                   ¦ Nina               ¦ Blue
            """)
    void aTitleOfMusicNamesItsArtistOnTheChannelOfALabel(String title, String channel, String artist, String song) {
        assertThat(VideoTitle.track(title, channel, true)).isEqualTo(new Track(song, artist));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lecture 3 - Heat",
                "Episode 12: A talk with Nina (Part 2)",
                "Why is the sky blue? | A history",
                "How to pronounce \"Porsche\" audio",
                "The Making of the Official Video",
                "Audio",
                "4K",
                "Lyrics and what they mean",
                "Audio vs Video: which is better?",
                "Interview (2011) [Part 1]",
                "Spider-Man - the whole story",
                "第3回　熱力学 - 入門",
                "הרצאה 3 - חום",
                ":-( and :-)",
                "((unfinished",
                "Cut off (Official Vid"
            })
    void aTitleOfAnotherKindStaysWhole(String title) {
        assertThat(VideoTitle.track(title, "A Channel", false)).isEqualTo(new Track(title, "A Channel"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Blue (Official Video)                     ¦ Blue
            Blue (OFFICIAL MUSIC VIDEO)               ¦ Blue
            Blue (Official Lyric Video)               ¦ Blue
            Blue [Lyrics]                             ¦ Blue
            Blue (Lyrics / Letra)                     ¦ Blue
            Blue (Audio)                              ¦ Blue
            Blue (Visualizer)                         ¦ Blue
            Blue (Official Visualiser)                ¦ Blue
            Blue (HD)                                 ¦ Blue
            Blue [4K]                                 ¦ Blue
            Blue {1080p60}                            ¦ Blue
            Blue (Official Video 2015)                ¦ Blue
            Blue (Video Oficial)                      ¦ Blue
            Blue (Clip officiel)                      ¦ Blue
            Blue (Offizielles Musikvideo)             ¦ Blue
            Blue【Official Video】                     ¦ Blue
            Blue（Official Video）                     ¦ Blue
            Blue (Official Video) [HD]                ¦ Blue
            Blue (Official Video) HD                  ¦ Blue
            Blue (Official Video) | 4K                ¦ Blue
            Blue [Official Video (4K)]                ¦ Blue
            Blue [Official Video] (feat. Nina)        ¦ Blue (feat. Nina)
            Blue (feat. Nina) [Official Video]        ¦ Blue (feat. Nina)
            Blue (Live [HD])                          ¦ Blue (Live)
            Blue ([Official Video] Live)              ¦ Blue (Live)
            Blue (Official Video                      ¦ Blue
            Blue - (Official Video)                   ¦ Blue
            Blue | Official Video | HD                ¦ Blue
            Blue // Official Video                    ¦ Blue
            [MV] Blue                                 ¦ Blue
            (Official Video) - Blue                   ¦ Blue
            Blue (4K Remaster)                        ¦ Blue
            Blue (Remastered in HD)                   ¦ Blue
            Blue (Official Live Video)                ¦ Blue (Official Live Video)
            Blue (Remastered 2011)                    ¦ Blue (Remastered 2011)
            Blue (Remastered)                         ¦ Blue (Remastered)
            Blue (Live)                               ¦ Blue (Live)
            Blue (Night Remix)                        ¦ Blue (Night Remix)
            Blue (8D Audio)                           ¦ Blue (8D Audio)
            Blue (2011)                               ¦ Blue (2011)
            Blue (Full Version)                       ¦ Blue (Full Version)
            Blue ()                                   ¦ Blue ()
            (Official Video)                          ¦ (Official Video)
            [HD]                                      ¦ [HD]
            Official Video                            ¦ Official Video
            【】                                       ¦ 【】
            """)
    void bracketsThatOnlyAdvertiseAreRemoved(String title, String without) {
        assertThat(VideoTitle.track(title, "", false)).isEqualTo(new Track(without, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(HD ", "hd", "video clip", "- ", " | HD", "a - ", "\"", "a & ", "「」", "in"})
    void theTimeIsShortForAnyTitle(String repeated) {
        String title = repeated.repeat(300).substring(0, 300) + "x";

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> VideoTitle.track(title, "x", true));
    }
}
