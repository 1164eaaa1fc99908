package youtubemp3.chaos;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.Demo;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.ShortVideos;

/**
 * A video of the stand-in with its expected result.
 *
 * @param length the expected length of its MP3
 * @param failure the expected kind of failure; null for a video that can be converted
 */
record AskedVideo(String id, Duration length, @Nullable String failure) {

    private static final List<AskedVideo> SHORT = ShortVideos.SECONDS.stream()
            .map(seconds -> fine(ShortVideos.id(seconds), seconds))
            .toList();

    /** Videos that take long enough to be interrupted: a large one and two slow ones. */
    private static final List<AskedVideo> LONG =
            List.of(fine(Demo.MUSIC.id(), 144), fine(Scenario.SLOW.id(), 30), fine(Scenario.SLOW_PLAYER.id(), 30));

    private static final List<AskedVideo> FAILING = List.of(
            failing(Scenario.PRIVATE, "PRIVATE"),
            failing(Scenario.REMOVED, "UNAVAILABLE"),
            failing(Scenario.GEO_BLOCKED, "REGION_BLOCKED"),
            failing(Scenario.TOO_LONG, "TOO_LONG"));

    /** One video of each kind. */
    static List<AskedVideo> all() {
        return Stream.of(SHORT, LONG, FAILING).flatMap(List::stream).toList();
    }

    /** Of ten videos, seven are short, two are long, and one fails. */
    static AskedVideo any(RandomGenerator random) {
        int which = random.nextInt(10);
        List<AskedVideo> kind = which < 7 ? SHORT : which < 9 ? LONG : FAILING;
        return kind.get(random.nextInt(kind.size()));
    }

    private static AskedVideo fine(String id, int seconds) {
        return new AskedVideo(id, Duration.ofSeconds(seconds), null);
    }

    private static AskedVideo failing(Scenario scenario, String failure) {
        return new AskedVideo(scenario.id(), Duration.ZERO, failure);
    }
}
