package youtubemp3.jobs.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Listing.State;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.status.QueueFullException;

class PlaylistsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    /** A lease that expires at once. */
    private static final Duration NONE = Duration.ZERO;

    private static final String QUEUE = "{jobs}:playlists";

    private final PlaylistId id = new PlaylistId("PLBB231211A4F62143", null);
    private final String key = "playlist:" + id;
    private final Playlist album = new Playlist(
            id,
            "An “Album”",
            List.of(
                    new Entry(new VideoId("-w4w9WgXc_Q"), "One", Duration.ofSeconds(201), Availability.AVAILABLE),
                    new Entry(new VideoId("w4w9WgXc_Q-"), "[Private video]", null, Availability.PRIVATE)),
            true);
    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private Playlists playlists;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        playlists = new Playlists(redis);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private State state() {
        return playlists.find(id).orElseThrow().state();
    }

    private void expiresIn(Duration time) {
        assertThat(redis.getExpire(key, TimeUnit.SECONDS)).isCloseTo(time.toSeconds(), within(5L));
    }

    @Test
    void aPlaylistIsListedOnceAndKeptForTenMinutes() {
        assertThat(playlists.find(id)).isEmpty();
        assertThat(playlists.isDue()).isFalse();
        assertThat(playlists.take(LEASE)).isEmpty();

        playlists.request(id);
        playlists.request(id);
        assertThat(state()).isEqualTo(State.WAITING);
        expiresIn(Duration.ofMinutes(10));
        assertThat(playlists.waiting()).isEqualTo(1);
        assertThat(playlists.isDue()).isTrue();

        assertThat(playlists.take(LEASE)).contains(id);
        assertThat(playlists.take(LEASE)).isEmpty();
        assertThat(playlists.isDue()).isFalse();
        assertThat(playlists.waiting()).isEqualTo(1);

        playlists.complete(album);
        assertThat(playlists.find(id)).contains(new Listing(State.LISTED, album, null));
        expiresIn(Duration.ofMinutes(10));
        playlists.request(id);
        assertThat(playlists.waiting()).isZero();
    }

    @Test
    void aFailureIsKeptForAMinute() {
        playlists.request(id);
        playlists.take(LEASE);
        playlists.fail(id, new Failure("TOO_LONG", List.of("PT3H")));

        assertThat(playlists.find(id))
                .contains(new Listing(State.FAILED, null, new Failure("TOO_LONG", List.of("PT3H"))));
        expiresIn(Duration.ofMinutes(1));
        playlists.request(id);
        assertThat(playlists.waiting()).isZero();

        // as if the minute were over
        redis.delete(key);
        playlists.request(id);
        assertThat(state()).isEqualTo(State.WAITING);
        assertThat(playlists.take(LEASE)).contains(id);
    }

    @Test
    void theFirstRequestIsTakenFirst() {
        List<PlaylistId> ids = IntStream.range(0, 5)
                .mapToObj(i -> new PlaylistId("PL000000000" + (9 - i), null))
                .toList();
        for (PlaylistId one : ids) {
            playlists.request(one);
            redis.opsForZSet().incrementScore(QUEUE, one.toString(), ids.indexOf(one) - 10);
        }
        playlists.request(ids.get(4));

        assertThat(ids).allSatisfy(one -> assertThat(playlists.take(LEASE)).contains(one));
    }

    @Test
    void aPlaylistWhoseWorkerDiedIsTakenAgainTwice() {
        playlists.request(id);
        for (int i = 0; i < 3; i++) {
            assertThat(playlists.take(NONE)).contains(id);
        }
        assertThat(playlists.take(NONE)).isEmpty();
        assertThat(playlists.find(id)).contains(new Listing(State.FAILED, null, new Failure("WORKER_LOST")));
        expiresIn(Duration.ofMinutes(1));
        assertThat(playlists.waiting()).isZero();
    }

    @Test
    void aRenewedLeaseDoesNotExpire() {
        playlists.request(id);
        playlists.take(NONE);
        playlists.renew(id, LEASE);
        assertThat(playlists.take(NONE)).isEmpty();

        playlists.complete(album);
        playlists.renew(id, LEASE);
        assertThat(playlists.waiting()).isZero();
    }

    @Test
    void whatIsPutBackIsTakenAtOnceAndDoesNotCount() {
        playlists.request(id);
        playlists.take(NONE);
        playlists.take(NONE);
        for (int i = 0; i < 5; i++) {
            assertThat(playlists.take(LEASE)).contains(id);
            playlists.putBack(id);
        }
        assertThat(state()).isEqualTo(State.WAITING);
        assertThat(playlists.take(NONE)).contains(id);
        assertThat(playlists.take(NONE)).isEmpty();
        assertThat(state()).isEqualTo(State.FAILED);
    }

    @Test
    void aWorkerThatIsLateChangesNothingForTheWorse() {
        playlists.request(id);
        playlists.take(NONE);
        playlists.take(LEASE);
        playlists.complete(album);

        playlists.fail(id, new Failure("NETWORK"));
        playlists.putBack(id);

        assertThat(state()).isEqualTo(State.LISTED);
        assertThat(playlists.waiting()).isZero();
        assertThat(playlists.take(LEASE)).isEmpty();
    }

    @Test
    void whatIsNotRequestedAnyMoreIsNotTaken() {
        playlists.request(id);
        redis.delete(key);

        assertThat(playlists.take(LEASE)).isEmpty();
        assertThat(playlists.waiting()).isZero();
    }

    @Test
    void theQueueIsBoundedAndWhatIsNotRequestedAnyMoreMakesRoom() {
        for (int i = 0; i < 100; i++) {
            playlists.request(new PlaylistId("PL%010d".formatted(i), null));
        }
        assertThatThrownBy(() -> playlists.request(id)).isInstanceOf(QueueFullException.class);
        assertThat(playlists.find(id)).isEmpty();
        playlists.request(new PlaylistId("PL%010d".formatted(7), null));

        redis.delete("playlist:PL%010d".formatted(7));
        playlists.request(id);
        assertThat(playlists.waiting()).isEqualTo(100);
        assertThat(redis.opsForZSet().score(QUEUE, "PL%010d".formatted(7))).isNull();
    }

    @Test
    void aMixIsTakenWithItsVideo() {
        PlaylistId mix = new PlaylistId("RDMM", new VideoId("-w4w9WgXc_Q"));
        playlists.request(mix);

        assertThat(playlists.take(LEASE)).contains(mix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[null]",
                "{}",
                "[{}]",
                "[{\"video\":{\"value\":\"short\"},\"title\":\"a\",\"availability\":\"AVAILABLE\"}]",
                "[{\"video\":{\"value\":\"-w4w9WgXc_Q\"},\"title\":\"a\",\"availability\":\"ELSEWHERE\"}]",
                "[{\"video\":{\"value\":\"-w4w9WgXc_Q\"},\"availability\":\"AVAILABLE\"}]"
            })
    void entriesThatCannotBeReadCountAsAbsent(String entries) {
        playlists.complete(album);
        redis.opsForHash().put(key, "entries", entries);

        assertThat(playlists.find(id)).isEmpty();
        playlists.request(id);
        assertThat(playlists.take(LEASE)).contains(id);
    }

    @Test
    void valuesOfAnotherTypeAreReplaced() {
        redis.opsForValue().set(key, "junk");
        redis.opsForValue().set(QUEUE, "junk");
        assertThat(playlists.find(id)).isEmpty();
        assertThat(playlists.waiting()).isZero();
        assertThat(playlists.isDue()).isFalse();

        redis.opsForValue().set(QUEUE, "junk");
        playlists.request(id);
        redis.opsForHash().put(key, "attempt", "junk");
        assertThat(playlists.take(LEASE)).contains(id);

        redis.opsForValue().set(key, "junk");
        playlists.complete(album);
        assertThat(state()).isEqualTo(State.LISTED);
    }

    @Test
    void aStateThatIsNotKnownAndAFailureWithoutAKindCountAsAbsent() {
        redis.opsForHash().put(key, "state", "DONE");
        assertThat(playlists.find(id)).isEmpty();
        redis.opsForHash().put(key, "state", "FAILED");
        assertThat(playlists.find(id)).isEmpty();
        redis.opsForHash().put(key, "state", "LISTED");
        assertThat(playlists.find(id)).isEmpty();
    }

    @Test
    void nothingStaysForEver() {
        playlists.request(id);
        playlists.take(LEASE);
        playlists.putBack(id);
        playlists.take(LEASE);
        playlists.renew(id, LEASE);
        assertThat(redis.getExpire(key)).isPositive();
        playlists.fail(id, new Failure("NETWORK"));
        assertThat(redis.getExpire(key)).isPositive();
        playlists.complete(album);
        assertThat(redis.getExpire(key)).isPositive();
        assertThat(redis.hasKey(QUEUE)).isFalse();

        // a worker that is late
        redis.delete(key);
        playlists.putBack(id);
        playlists.renew(id, LEASE);
        assertThat(redis.keys("*")).isEmpty();
    }
}
