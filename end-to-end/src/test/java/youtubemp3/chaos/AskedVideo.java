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
 * A video of the stand-in, and what is to become of it.
 *
 * @param length how long its MP3 has to be
 * @param failure the kind of failure that it has to end with; null for one that can be converted
 */
record AskedVideo(String id, Duration length, @Nullable String failure) {

    private static final List<AskedVideo> SHORT = ShortVideos.SECONDS.stream()
            .map(seconds -> fine(ShortVideos.id(seconds), seconds))
            .toList();

    /** Long enough under way to be hit: one of many bytes, two that arrive slowly. */
    private static final List<AskedVideo> LONG =
            List.of(fine(Demo.MUSIC.id(), 144), fine(Scenario.SLOW.id(), 30), fine(Scenario.SLOW_PLAYER.id(), 30));

    private static final List<AskedVideo> FAILING = List.of(
            failing(Scenario.PRIVATE, "PRIVATE"),
            failing(Scenario.REMOVED, "UNAVAILABLE"),
            failing(Scenario.GEO_BLOCKED, "REGION_BLOCKED"),
            failing(Scenario.TOO_LONG, "TOO_LONG"));

    /** One of each. */
    static List<AskedVideo> all() {
        return Stream.of(SHORT, LONG, FAILING).flatMap(List::stream).toList();
    }

    /** Of ten, seven are short, two long, and one fails. */
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
