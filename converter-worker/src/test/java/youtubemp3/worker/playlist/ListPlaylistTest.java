package youtubemp3.worker.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.Listing.State;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.storage.LocalAudioStore;
import youtubemp3.jobs.storage.StorageSettings;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.jobs.youtube.CircuitBreaker.Cause;
import youtubemp3.jobs.youtube.CircuitBreaker.Opening;
import youtubemp3.standin.PlaylistScenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.RealTools;
import youtubemp3.worker.youtube.YouTubeGates;

/** Checks the state of a real Redis after every possible end of a listing. */
@Timeout(120)
class ListPlaylistTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static final PlaylistId ALBUM = id(PlaylistScenario.ALBUM);

    @TempDir
    private Path folder;

    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private Playlists playlists;
    private CircuitBreaker circuit;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        playlists = new Playlists(redis);
        circuit = new CircuitBreaker(redis);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private static PlaylistId id(PlaylistScenario scenario) {
        return PlaylistId.parse(scenario.id()).orElseThrow();
    }

    private ListPlaylist handler(String ytDlp, Duration lease) {
        WorkerSettings settings = RealTools.settings(ytDlp, YOUTUBE.standIn().proxy());
        JobSettings jobs = new JobSettings(
                Duration.ofHours(1),
                Duration.ofHours(8),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                10,
                JobSettings.Broker.REDIS,
                lease);
        PlaylistLister lister = new PlaylistLister(
                RealTools.ytDlp(settings),
                RealTools.cookies(settings),
                new LocalAudioStore(new StorageSettings(folder)),
                settings);
        return new ListPlaylist(playlists, YouTubeGates.of(new RateLimits(redis), circuit, settings), lister, jobs);
    }

    private boolean listNext() throws InterruptedException {
        return handler("yt-dlp", Duration.ofSeconds(30)).listNext();
    }

    private Listing listing(PlaylistId id) {
        return playlists.find(id).orElseThrow();
    }

    @Test
    void aPlaylistIsListedAndCountsAgainstTheRateLimit() throws Exception {
        assertThat(listNext()).isFalse();
        assertThat(redis.hasKey("limit:videos")).isFalse();

        playlists.request(ALBUM);
        assertThat(listNext()).isTrue();

        assertThat(listing(ALBUM).playlist().entries()).hasSize(12);
        assertThat(redis.hasKey("limit:videos")).isTrue();
        assertThat(playlists.waiting()).isZero();
    }

    @Test
    void aPlaylistThatDoesNotExistFailsAndShowsThatYouTubeAnswers() throws Exception {
        PlaylistId unknown = PlaylistId.parse(PlaylistScenario.UNKNOWN_ID).orElseThrow();
        playlists.request(unknown);

        assertThat(listNext()).isTrue();

        assertThat(listing(unknown)).isEqualTo(new Listing(State.FAILED, null, new Failure("PLAYLIST_MISSING")));
        assertThat(redis.opsForHash().get("{jobs}:circuit", "answers")).isEqualTo("1");
    }

    @Test
    void aRefusalOpensTheCircuitAndWhileItIsOpenNothingIsTaken() throws Exception {
        PlaylistId refused = id(PlaylistScenario.BOT_CHECK);
        playlists.request(refused);

        assertThat(listNext()).isTrue();
        assertThat(listing(refused).state()).isEqualTo(State.WAITING);
        assertThat(circuit.pause())
                .hasValueSatisfying(pause -> assertThat(pause.kind()).isEqualTo("BOT_CHECK"));

        String requests = redis.opsForValue().get("limit:videos");
        playlists.request(ALBUM);
        assertThat(listNext()).isFalse();
        assertThat(playlists.isDue()).isTrue();
        assertThat(listing(ALBUM).state()).isEqualTo(State.WAITING);
        assertThat(redis.opsForValue().get("limit:videos"))
                .as("against the rate limit")
                .isEqualTo(requests);
    }

    @Test
    void aListingCanBeTheProbeThatClosesTheCircuit() throws Exception {
        circuit.onRefused(
                UUID.randomUUID(),
                "x",
                "BOT_CHECK",
                Cause.BLOCKED,
                new Opening(1, Duration.ofMillis(1), Duration.ofMillis(1), 1));
        playlists.request(ALBUM);
        await().until(circuit::isReady);

        assertThat(listNext()).isTrue();
        assertThat(circuit.pause()).isEmpty();
        assertThat(listing(ALBUM).state()).isEqualTo(State.LISTED);
    }

    @Test
    void aPlaylistWaitsWhileAnotherRequestIsTheProbe() throws Exception {
        circuit.onRefused(
                UUID.randomUUID(),
                "x",
                "BOT_CHECK",
                Cause.BLOCKED,
                new Opening(1, Duration.ofMillis(1), Duration.ofMillis(1), 1));
        await().until(circuit::isReady);
        circuit.tryAcquire(UUID.randomUUID());
        playlists.request(ALBUM);

        assertThat(listNext()).isFalse();
        assertThat(playlists.isDue()).isTrue();
    }

    /** The tool hangs, which the real one cannot be made to do for long enough. */
    @Test
    void anInterruptedListingIsBackInTheQueueAndItsProcessesEnd() throws Exception {
        Path started = folder.resolve("pid");
        Path tool =
                Files.writeString(folder.resolve("tool"), "#!/bin/sh\nsleep 1000 &\necho $! >" + started + "\nwait\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        playlists.request(ALBUM);
        ListPlaylist handler = handler(tool.toString(), Duration.ofMillis(300));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread listing = new Thread(() -> {
            try {
                handler.listNext();
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        listing.start();
        await().until(() -> Files.exists(started) && !Files.readString(started).isBlank());
        long child = Long.parseLong(Files.readString(started).strip());
        double first = leaseEnd();
        await("several leases").until(() -> leaseEnd() > first + 1000);
        assertThat(playlists.isDue()).isFalse();

        listing.interrupt();
        listing.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        // a zombie has no command line
        await().until(() -> ProcessHandle.of(child)
                .flatMap(process -> process.info().commandLine())
                .isEmpty());
        assertThat(playlists.isDue()).isTrue();
        assertThat(redis.opsForHash().get("playlist:" + ALBUM, "attempt")).isEqualTo("0");
    }

    private double leaseEnd() {
        return redis.opsForZSet().score("{jobs}:playlists", ALBUM.toString());
    }

    @Test
    void theLoopListsWhatIsRequestedUntilItIsStopped() {
        PlaylistListerLifecycle loop = new PlaylistListerLifecycle(handler("yt-dlp", Duration.ofSeconds(30)));
        loop.start();
        try {
            playlists.request(ALBUM);
            await().atMost(Duration.ofSeconds(30)).until(() -> listing(ALBUM).state() == State.LISTED);
            assertThat(loop.isRunning()).isTrue();
        } finally {
            loop.stop();
        }
        assertThat(loop.isRunning()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("playlist-lister");
    }
}
