package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.Trim;

class ChapterTest {

    private static final Duration END = Duration.ofSeconds(30);

    @Test
    void eachEndsWhereTheNextBeginsAndTheFirstBeginsWithTheVideo() {
        assertThat(parse("[{'start_time': 20, 'title': 'c'}, {'start_time': 4, 'title': 'a\\nb'}]"))
                .containsExactly(chapter("a b", 0, 20_000), chapter("c", 20_000, 30_000));
    }

    @Test
    void whatIsNoChapterIsLeftOut() {
        assertThat(parse("[{'title': 'x'}, {'start_time': -1}, {'start_time': 1e300}, 7, {'start_time': 40}]"))
                .isEmpty();
        assertThat(parse("null")).isEmpty();
        assertThat(parse("{}")).isEmpty();
    }

    @Test
    void oneWithoutSoundGoesToItsNeighbour() {
        assertThat(parse("[{'start_time': 0, 'title': 'a'}, {'start_time': 0, 'title': 'b'},"
                        + " {'start_time': 30, 'title': 'c'}]"))
                .containsExactly(chapter("b", 0, 30_000));
    }

    @Test
    void thereAreAtMost999AndTheLastHasTheRest() {
        List<Chapter> chapters = Chapter.parse(
                new JsonMapper()
                        .readTree(IntStream.range(0, 2000)
                                .mapToObj(second -> "{\"start_time\": " + second + "}")
                                .collect(Collectors.joining(",", "[", "]"))),
                Duration.ofSeconds(2000));

        assertThat(chapters).hasSize(999).last().isEqualTo(chapter("", 998_000, 2_000_000));
    }

    @Test
    void aPartHasTheChaptersInItWithTheirTimesInIt() {
        List<Chapter> whole = parse("[{'start_time': 0, 'title': 'a'}, {'start_time': 10, 'title': 'b'},"
                + " {'start_time': 20, 'title': 'c'}]");

        Trim middle = new Trim(Duration.ofSeconds(12), Duration.ofSeconds(21));
        assertThat(Chapter.within(whole, middle, Duration.ofSeconds(9)))
                .containsExactly(chapter("b", 0, 8_000), chapter("c", 8_000, 9_000));
        Trim start = new Trim(Duration.ZERO, Duration.ofSeconds(10));
        assertThat(Chapter.within(whole, start, Duration.ofSeconds(10))).containsExactly(chapter("a", 0, 10_000));
        Trim end = new Trim(Duration.ofSeconds(20), null);
        // the sound is longer than the video was announced
        assertThat(Chapter.within(whole, end, Duration.ofSeconds(11))).containsExactly(chapter("c", 0, 11_000));
    }

    private static List<Chapter> parse(String json) {
        return Chapter.parse(new JsonMapper().readTree(json.replace('\'', '"')), END);
    }

    private static Chapter chapter(String title, long start, long end) {
        return new Chapter(title, Duration.ofMillis(start), Duration.ofMillis(end));
    }
}
