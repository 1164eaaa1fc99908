package youtubemp3.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import youtubemp3.chaos.Evidence.Kept;
import youtubemp3.chaos.Evidence.Queue;
import youtubemp3.chaos.Evidence.Resources;
import youtubemp3.chaos.Promise.Download;
import youtubemp3.chaos.Promise.End;
import youtubemp3.jobs.JobSettings.Broker;

/** Each check of the chaos run reports its problem. */
class ChecksTest {

    private static final AskedVideo FINE = new AskedVideo("seconds0004", Duration.ofSeconds(4), null);
    private static final AskedVideo PRIVATE = new AskedVideo("private0000", Duration.ZERO, "PRIVATE");
    private static final Queue EMPTY = new Queue(0, 0, 0, Set.of(), 0, Set.of("{jobs}:stream", "{jobs}:dead"));
    private static final Resources JAVA = new Resources("java", 200_000, 40, 60);
    private static final String STRANGER = UUID.randomUUID() + ".mp3";

    // a flawless run, in which each test below spoils one thing
    private Promise promise = promise(FINE);
    private @Nullable End end = finish(1);
    private @Nullable End later = finish(1);
    private @Nullable Download download = new Download(200, 4.02, "");
    private int unpromised;
    private final Map<UUID, Integer> finishes = new HashMap<>();
    private final Set<String> files = new TreeSet<>();
    private final Map<String, String> strangers = new HashMap<>();
    private final List<String> leftovers = new ArrayList<>();
    private Queue queue = EMPTY;
    private List<Resources> after = List.of(JAVA);

    ChecksTest() {
        files.add(promise.job() + ".mp3");
        finishes.put(promise.job(), 1);
    }

    @Test
    void acceptsAFlawlessRun() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void acceptsAnExpectedFailure() {
        fails(PRIVATE, new End("FAILED", 1, "PRIVATE", "This video is private.", Duration.ZERO));

        assertThat(broken()).isEmpty();
    }

    @Test
    void acceptsAFailureAfterTheLastAttempt() {
        fails(FINE, new End("FAILED", 5, "WORKER_LOST", "Broken off several times.", Duration.ZERO));

        assertThat(broken()).isEmpty();
        assertThat(Checks.wornOut(evidence())).isOne();
    }

    @Test
    void reportsAJobThatNeverEnds() {
        end = null;

        assertThat(broken()).singleElement().asString().endsWith("never ended");
        assertThat(Checks.lost(evidence())).isOne();
    }

    @Test
    void reportsAnUnknownJob() {
        end = new End(End.UNKNOWN, 0, null, null, Duration.ZERO);
        later = end;
        files.clear();

        assertThat(broken()).singleElement().asString().contains("is lost");
        assertThat(Checks.lost(evidence())).isOne();
    }

    @Test
    void reportsAnEndThatChanges() {
        later = null;

        assertThat(broken()).singleElement().asString().endsWith("was FINISH, and then nothing");
    }

    @Test
    void reportsAMissingFile() {
        files.clear();

        assertThat(broken()).singleElement().asString().endsWith("its file is not there");
    }

    @Test
    void reportsAFileThatCannotBeDownloaded() {
        download = new Download(404, 0, "");

        assertThat(broken()).singleElement().asString().contains("cannot be downloaded");
    }

    @Test
    void reportsAFileOfTheWrongLength() {
        download = new Download(200, 2.7, "");

        assertThat(broken()).singleElement().asString().endsWith("has 2.7 s instead of 4 s");
    }

    @Test
    void reportsADamagedFile() {
        download = new Download(200, 4, "Header missing");

        assertThat(broken()).singleElement().asString().endsWith("does not decode: Header missing");
    }

    @Test
    void reportsAJobThatFinishesTwice() {
        finishes.put(promise.job(), 2);

        assertThat(broken()).singleElement().asString().endsWith("finished 2 times");
        assertThat(Checks.doubled(evidence())).isOne();
    }

    @Test
    void reportsAFileOfAFailedJob() {
        fails(PRIVATE, new End("FAILED", 1, "PRIVATE", "This video is private.", Duration.ZERO));
        files.add(promise.job() + ".mp3");

        assertThat(broken()).singleElement().asString().endsWith("is FAILED, and its file is there");
    }

    @Test
    void reportsAnUnexpectedSuccess() {
        promise = new Promise(promise.job(), PRIVATE, promise.since());

        assertThat(broken()).singleElement().asString().contains("should have failed with PRIVATE");
    }

    @Test
    void reportsAFailureWithoutAReason() {
        fails(PRIVATE, new End("FAILED", 1, "PRIVATE", null, Duration.ZERO));

        assertThat(broken()).singleElement().asString().endsWith("failed without a reason");
    }

    @Test
    void reportsTheWrongKindOfFailure() {
        fails(FINE, new End("FAILED", 1, "PRIVATE", "This video is private.", Duration.ZERO));

        assertThat(broken()).singleElement().asString().endsWith("failed with PRIVATE in attempt 1");
    }

    @Test
    void reportsAFailureInTheFirstAttempt() {
        fails(FINE, new End("FAILED", 1, "CONVERSION", "The conversion failed.", Duration.ZERO));

        assertThat(broken()).singleElement().asString().endsWith("failed with CONVERSION in attempt 1");
    }

    @Test
    void reportsAFileWithoutASubmission() {
        unpromised = 1;
        files.add(STRANGER);

        assertThat(broken()).singleElement().asString().contains("no submission belongs to the file");
    }

    @Test
    void acceptsOneFileForEachSubmissionWithoutAResponse() {
        files.add(STRANGER);
        strangers.put(STRANGER, "FINISH");

        assertThat(broken()).singleElement().asString().contains("more than the 0 submissions");
        unpromised = 1;
        assertThat(broken()).isEmpty();
    }

    @Test
    void reportsLeftoversOfCleanup() {
        leftovers.add(UUID.randomUUID() + ".1");

        assertThat(broken()).singleElement().asString().startsWith("cleanup left work/");
    }

    @Test
    void reportsAJobThatIsHeld() {
        queue = new Queue(1, 1, 0, Set.of(), 0, Set.of());

        assertThat(broken()).singleElement().asString().startsWith("jobs are held");
    }

    @Test
    void reportsAJobThatWaitsForAnotherAttempt() {
        queue = new Queue(0, 0, 1, Set.of(), 0, Set.of());

        assertThat(broken()).singleElement().asString().startsWith("jobs are held");
    }

    @Test
    void reportsAJobThatIsStillOpen() {
        unpromised = 1;
        queue = new Queue(0, 0, 0, Set.of(promise.job().toString()), 0, Set.of());

        assertThat(broken()).singleElement().asString().endsWith("is still open");
    }

    @Test
    void reportsMoreOpenJobsThanSubmissionsWithoutAResponse() {
        queue = new Queue(0, 0, 0, Set.of(UUID.randomUUID().toString()), 0, Set.of());

        assertThat(broken()).singleElement().asString().startsWith("1 jobs are open");
        unpromised = 1;
        assertThat(broken()).isEmpty();
    }

    @Test
    void reportsAKeyWithoutATimeToLive() {
        queue = new Queue(0, 0, 0, Set.of(), 0, Set.of("{jobs}:stream", "ve_seconds0004"));

        assertThat(broken()).containsExactly("the key ve_seconds0004 has no time to live");
    }

    @Test
    void reportsALeftoverProcess() {
        after = List.of(new Resources("ffmpeg", 30_000, 5, 5), JAVA);

        assertThat(broken()).containsExactly("web-1 runs [ffmpeg, java] instead of [java]");
    }

    @Test
    void reportsAMissingProcess() {
        after = List.of();

        assertThat(broken()).containsExactly("web-1 runs [] instead of [java]");
    }

    @Test
    void reportsAProcessThatHasGrown() {
        for (Resources grown : List.of(
                new Resources("java", 400_000, 40, 60),
                new Resources("java", 200_000, 80, 60),
                new Resources("java", 200_000, 40, 120))) {
            after = List.of(grown);

            assertThat(broken()).singleElement().asString().startsWith("web-1 has grown");
        }
    }

    @Test
    void theReportListsAllProblems() {
        end = null;
        Plan plan = new Plan(1, Duration.ofSeconds(5), Duration.ofSeconds(1), 1, "always", Broker.REDIS, 42);

        String report = new Report(
                        plan,
                        Map.of("web", Map.of("KILL", 3)),
                        new TreeMap<>(Map.of("web-1", 3)),
                        Map.of("no answer", new AtomicInteger(2)),
                        1,
                        evidence())
                .text();

        assertThat(report)
                .contains("| seed | 42 |")
                .contains("| **lost** | **1** |")
                .contains("| web | 3 | 0 | 0 |")
                .contains("| web-1: java | 195, 195 | 40, 40 | 60, 60 |")
                .contains("- job " + promise.job() + " (seconds0004) never ended");
    }

    private void fails(AskedVideo video, End failure) {
        promise = new Promise(promise.job(), video, promise.since());
        end = failure;
        later = failure;
        download = null;
        finishes.clear();
        files.clear();
    }

    private List<String> broken() {
        return Checks.broken(evidence());
    }

    private Evidence evidence() {
        return new Evidence(
                List.of(new Kept(promise, end, later, download)),
                unpromised,
                finishes,
                files,
                strangers,
                leftovers,
                queue,
                Map.of("web-1", List.of(JAVA)),
                Map.of("web-1", after));
    }

    private static Promise promise(AskedVideo video) {
        return new Promise(UUID.randomUUID(), video, Instant.EPOCH);
    }

    private static End finish(int attempt) {
        return new End("FINISH", attempt, null, null, Duration.ofSeconds(3));
    }
}
