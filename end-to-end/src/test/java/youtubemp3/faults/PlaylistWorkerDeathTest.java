package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.jobs.playlist.Listing.State;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.standin.PlaylistScenario;
import youtubemp3.standin.YouTubeStandInExtension;

/** A worker dies while it lists a playlist. The queue of playlists is the same with every broker. */
@Tag("long")
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class PlaylistWorkerDeathTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    @RegisterExtension
    static final StackPool LANES = new StackPool(broker -> Replicas.ofWorker(YOUTUBE.standIn(), broker));

    private static final PlaylistId ALBUM =
            PlaylistId.parse(PlaylistScenario.ALBUM.id()).orElseThrow();

    /** The name of its folder among the unfinished files. */
    private static final String FOLDER = UUID.nameUUIDFromBytes(("playlist:" + ALBUM).getBytes(StandardCharsets.UTF_8))
            .toString();

    Stream<Arguments> points() {
        return Stream.concat(
                WorkerDeathTest.each(List.of(KillPoint.TAKE_PLAYLIST, KillPoint.LISTED), List.of(Death.KILL)),
                Stream.of(Arguments.of(Death.TERM, Side.AFTER, KillPoint.TAKE_PLAYLIST)));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("points")
    void anotherWorkerListsThePlaylist(Death death, Side side, KillPoint point) throws Exception {
        LANES.with(Broker.REDIS, product -> {
            Playlists playlists = request(product);
            Breakpoint breakpoint = product.worker().breakAt(point, side);
            product.worker().feed();
            breakpoint.await();
            isListedAfterDeath(product, playlists, death, breakpoint);
        });
    }

    List<Death> deaths() {
        return List.of(Death.values());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("deaths")
    void duringTheListingAnotherWorkerBeginsAnew(Death death) throws Exception {
        LANES.with(Broker.REDIS, product -> {
            Playlists playlists = request(product);
            Breakpoint taken = product.worker().breakAt(KillPoint.TAKE_PLAYLIST, Side.AFTER);
            product.worker().feed();
            taken.await();
            taken.release();
            product.scene().tool("yt-dlp");
            isListedAfterDeath(product, playlists, death, taken);
        });
    }

    /** Requests the album anew, and keeps both workers from it. */
    private static Playlists request(Replicas product) {
        product.otherWorker().starve();
        product.worker().starve();
        // the test before has listed it
        product.scene().redis().template().delete("playlist:" + ALBUM);
        Playlists playlists = new Playlists(product.scene().redis().template());
        playlists.request(ALBUM);
        return playlists;
    }

    private static void isListedAfterDeath(Replicas product, Playlists playlists, Death death, Breakpoint breakpoint)
            throws Exception {
        Service victim = product.worker();
        Service other = product.otherWorker();
        death.strike(victim, breakpoint);
        product.replaceWorker();
        other.feed();
        await("the list").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(playlists.find(ALBUM))
                    .hasValueSatisfying(listing -> assertThat(listing.state()).isEqualTo(State.LISTED));
            assertThat(playlists.waiting()).isZero();
        });
        assertThat(playlists.find(ALBUM).orElseThrow().playlist().entries()).hasSize(12);
        if (death == Death.TERM) {
            victim.awaitEnd();
            product.scene().isClean();
        } else {
            product.scene().isClean(FOLDER);
            product.scene().cleanUp();
        }
    }
}
