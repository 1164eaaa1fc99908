package youtubemp3.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import youtubemp3.jobs.ManyCases;

@AddLifecycleHook(ManyCases.class)
class FailureKindProperties {

    /** A message of yt-dlp for each of some kinds. */
    private static final Map<FailureKind, String> MESSAGES = new TreeMap<>(Map.of(
            FailureKind.PRIVATE, "ERROR: [youtube] x: Private video. Sign in if you've been granted access",
            FailureKind.AGE_RESTRICTED, "ERROR: [youtube] x: Sign in to confirm your age",
            FailureKind.BOT_CHECK, "ERROR: [youtube] x: Sign in to confirm you\u2019re not a bot. Use --cookies",
            FailureKind.RATE_LIMITED, "ERROR: [youtube] x: HTTP Error 429: Too Many Requests",
            FailureKind.REGION_BLOCKED, "ERROR: The uploader has not made this video available in your country",
            FailureKind.UNAVAILABLE, "ERROR: [youtube] x: Video unavailable",
            FailureKind.DISK_FULL, "OSError: [Errno 28] No space left on device",
            FailureKind.NETWORK, "ERROR: HTTP Error 503: Service Unavailable",
            FailureKind.FORBIDDEN, "ERROR: unable to download video data: HTTP Error 403: Forbidden",
            FailureKind.NO_FORMATS, "ERROR: [youtube] x: Requested format is not available"));

    @Property
    void otherOutputDoesNotHideAMessage(
            @ForAll("messages") FailureKind kind,
            @ForAll("noise") String before,
            @ForAll("noise") String behind,
            @ForAll boolean upperCase) {
        String message = MESSAGES.get(kind);
        String said = before + "\n" + (upperCase ? message.toUpperCase(Locale.ROOT) : message) + "\n" + behind;

        // the noise may contain a pattern of a later kind, which does not count
        assertThat(FailureKind.of(said))
                .hasValueSatisfying(found -> assertThat(found).isLessThanOrEqualTo(kind));
        if (FailureKind.of(before + "\n" + behind).isEmpty()) {
            assertThat(FailureKind.of(said)).contains(kind);
        }
    }

    @Property
    void ofSeveralMessagesTheFirstKindCountsInAnyOrder(
            @ForAll @Size(min = 1, max = 6) List<@From("messages") FailureKind> kinds) {
        String said = String.join("\n", kinds.stream().map(MESSAGES::get).toList());

        assertThat(FailureKind.of(said)).isEqualTo(kinds.stream().min(FailureKind::compareTo));
    }

    @Property(tries = 5)
    void longOutputIsClassifiedQuickly(
            @ForAll("noise") String again, @ForAll @IntRange(min = 1, max = 200_000) int times) {
        String said = again.repeat(Math.min(times, 1 + 800_000 / (1 + again.length())));
        Optional<FailureKind> found = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> FailureKind.of(said));

        assertThat(found.isPresent() || FailureKind.of(again).isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<FailureKind> messages() {
        return Arbitraries.of(MESSAGES.keySet());
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "WARNING: ",
                        "ERROR: ",
                        "[youtube] ",
                        "http error ",
                        "4",
                        "2",
                        "9",
                        "50",
                        "video",
                        "un",
                        "available",
                        "private",
                        " ",
                        "\n",
                        "\u0130",
                        "\u0131",
                        "\u2019",
                        "'",
                        "try",
                        "again",
                        "later",
                        "\u001b[31m",
                        "\u0000",
                        "%",
                        "{}",
                        "x")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
        return Combinators.combine(pieces, Arbitraries.strings().ofMaxLength(40))
                .as(String::concat);
    }
}
