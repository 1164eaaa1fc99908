package youtubemp3.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.jobs.status.Wishes.Outcome;
import youtubemp3.jobs.status.Wishes.Wish;

class WishesTest {

    private static final String CLIENT = "192.0.2.1";

    private final Job job = RandomJob.of(new VideoId("-w4w9WgXc_Q"));
    private final UUID id = job.id();
    private LettuceConnectionFactory connection;
    private StringRedisTemplate redis;
    private JobStatuses statuses;
    private Wishes wishes;

    @BeforeEach
    void connect() {
        connection = RealRedis.shared().connect();
        redis = new StringRedisTemplate(connection);
        JobSettings settings = JobStatusesTest.SETTINGS;
        statuses = new JobStatuses(redis, settings);
        wishes = new Wishes(redis, settings);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    private Wish submit() {
        Wish wish = wishes.add(id);
        statuses.onQueue(job, CLIENT, 0);
        return wish;
    }

    @Test
    void aJobIsWithdrawnWithItsLastWish() {
        Wish first = submit();
        Wish second = submit();
        assertThat(first.status()).isNull();
        assertThat(second.status()).isEqualTo(Status.ONQUEUE);

        assertThat(wishes.takeBack(id, first.id())).isEqualTo(Outcome.TAKEN_BACK);
        assertThat(statuses.find(id)).isPresent();
        assertThat(wishes.takeBack(id, first.id())).as("repeated").isEqualTo(Outcome.UNKNOWN);

        assertThat(wishes.takeBack(id, second.id())).isEqualTo(Outcome.WITHDRAWN);
        assertThat(redis.keys("*")).isEmpty();
    }

    @Test
    void anAttemptAtAWithdrawnJobChangesNothingEvenWhenItIsSubmittedAnew() {
        Wish wish = submit();
        Attempt withdrawn = statuses.begin(id).orElseThrow();
        wishes.takeBack(id, wish.id());
        assertThat(statuses.begin(id)).isEmpty();

        submit();
        Attempt next = statuses.begin(id).orElseThrow();
        assertThat(statuses.finish(withdrawn)).isFalse();
        assertThat(next.number()).isEqualTo(1);
        assertThat(statuses.finish(next)).isTrue();
    }

    @Test
    void aWishThatIsAddedBeforeTheLastIsTakenBackKeepsTheJob() {
        Wish first = submit();
        wishes.add(id);

        assertThat(wishes.takeBack(id, first.id())).isEqualTo(Outcome.TAKEN_BACK);
        assertThat(statuses.onQueue(job, CLIENT, 0)).isFalse();
    }

    @Test
    void aFinishedJobCannotBeWithdrawn() {
        Wish wish = submit();
        statuses.finish(statuses.begin(id).orElseThrow());

        assertThat(wishes.takeBack(id, wish.id())).isEqualTo(Outcome.UNKNOWN);
        assertThat(wishes.add(id).status()).isEqualTo(Status.FINISH);
    }

    @Test
    void theWishesOfAFailedJobDoNotKeepTheNextOneOfItsName() {
        submit();
        statuses.fail(statuses.begin(id).orElseThrow(), new Failure("NETWORK"));

        assertThat(wishes.takeBack(id, submit().id())).isEqualTo(Outcome.WITHDRAWN);
    }

    @Test
    void aWithdrawnJobIsNotEnqueuedLater() {
        Outbox outbox = new Outbox(redis, statuses);
        Wish wish = submit();
        assertThat(outbox.claim(Duration.ofSeconds(-1))).containsExactly(job);

        wishes.takeBack(id, wish.id());
        assertThat(outbox.claim(Duration.ofSeconds(-1))).isEmpty();
    }

    @Test
    void theNumberOfWishesIsBounded() {
        Wish first = submit();
        for (int i = 0; i < 1100; i++) {
            wishes.add(id);
        }
        assertThat(redis.opsForSet().size("job:" + id + ":wishes")).isEqualTo(1001);
        assertThat(wishes.takeBack(id, first.id())).isEqualTo(Outcome.TAKEN_BACK);
    }

    @Test
    void unreadableWishesAreReplaced() {
        redis.opsForValue().set("job:" + id + ":wishes", "junk");

        assertThat(wishes.takeBack(id, UUID.randomUUID())).isEqualTo(Outcome.UNKNOWN);
        assertThat(wishes.takeBack(id, submit().id())).isEqualTo(Outcome.WITHDRAWN);
    }
}
