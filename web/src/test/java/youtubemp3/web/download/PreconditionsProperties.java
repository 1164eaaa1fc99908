package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.springframework.http.HttpHeaders;
import youtubemp3.jobs.ManyCases;
import youtubemp3.web.download.Preconditions.Result;

/** The file is {@code "now"}, and its time is noon. */
@AddLifecycleHook(ManyCases.class)
class PreconditionsProperties {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Preconditions CONDITIONS = new Preconditions("\"now\"", NOON.plusMillis(250));
    private static final List<String> NAMES =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");

    @Property
    void whatIsWellFormedIsDecidedAsRfc9110Says(
            @ForAll("tags") List<String> ifMatch,
            @ForAll("tags") List<String> ifNoneMatch,
            @ForAll("seconds") int unmodifiedSince,
            @ForAll("seconds") int modifiedSince) {
        HttpHeaders headers = new HttpHeaders();
        add(headers, "If-Match", ifMatch);
        add(headers, "If-None-Match", ifNoneMatch);
        add(headers, "If-Unmodified-Since", unmodifiedSince);
        add(headers, "If-Modified-Since", modifiedSince);

        assertThat(CONDITIONS.of(headers)).isEqualTo(reference(ifMatch, ifNoneMatch, unmodifiedSince, modifiedSince));
    }

    @Property
    void whateverComesThereIsAVerdict(@ForAll("headers") Map<String, List<String>> sent) {
        HttpHeaders headers = new HttpHeaders();
        sent.forEach(headers::addAll);

        Result verdict = CONDITIONS.of(headers);
        if (!sent.containsKey("If-Match") && !sent.containsKey("If-Unmodified-Since")) {
            assertThat(verdict).isNotEqualTo(Result.FAILED);
        }
        if (!sent.containsKey("If-None-Match") && !sent.containsKey("If-Modified-Since")) {
            assertThat(verdict).isNotEqualTo(Result.NOT_MODIFIED);
        }
        if (!sent.containsKey("If-Range")) {
            assertThat(CONDITIONS.rangeHolds(headers)).isTrue();
        } else if (!sent.get("If-Range").get(0).contains("now")
                && !sent.get("If-Range").get(0).contains("12:00:00")) {
            assertThat(CONDITIONS.rangeHolds(headers)).isFalse();
        }
    }

    @Property(tries = 10)
    void noHeaderIsTooLong(@ForAll("values") String before, @ForAll("values") String again) {
        HttpHeaders headers = new HttpHeaders();
        NAMES.forEach(name -> headers.add(name, before + again.repeat(1 + 30_000 / (1 + again.length()))));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            CONDITIONS.of(headers);
            CONDITIONS.rangeHolds(headers);
        });
    }

    /** Section 13.2.2, by hand. An empty list is no header, and beyond a day is no date. */
    private static Result reference(List<String> ifMatch, List<String> ifNoneMatch, int unmodified, int modified) {
        if (!ifMatch.isEmpty()) {
            if (!ifMatch.contains("*") && !ifMatch.contains("\"now\"")) {
                return Result.FAILED;
            }
        } else if (isDate(unmodified) && unmodified < 0) {
            return Result.FAILED;
        }
        if (!ifNoneMatch.isEmpty()) {
            boolean same =
                    ifNoneMatch.contains("*") || ifNoneMatch.contains("\"now\"") || ifNoneMatch.contains("W/\"now\"");
            return same ? Result.NOT_MODIFIED : Result.SEND;
        }
        return isDate(modified) && modified >= 0 ? Result.NOT_MODIFIED : Result.SEND;
    }

    private static boolean isDate(int secondsFromNoon) {
        return Math.abs(secondsFromNoon) <= ChronoUnit.DAYS.getDuration().toSeconds();
    }

    private static void add(HttpHeaders headers, String name, List<String> tags) {
        if (!tags.isEmpty()) {
            headers.add(name, String.join(", ", tags));
        }
    }

    private static void add(HttpHeaders headers, String name, int seconds) {
        if (isDate(seconds)) {
            headers.add(name, date(seconds));
        }
    }

    private static String date(int secondsFromNoon) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                NOON.plusSeconds(secondsFromNoon).atOffset(ZoneOffset.UTC));
    }

    @Provide
    Arbitrary<List<String>> tags() {
        Arbitrary<String> tags = Arbitraries.oneOf(
                Arbitraries.of(
                        "\"now\"", "W/\"now\"", "\"then\"", "W/\"then\"", "\"\"", "\"NOW\"", "\"no,w\"", "\"now \""),
                Arbitraries.strings()
                        .withCharRange('!', '~')
                        .excludeChars('"')
                        .ofMaxLength(8)
                        .map(tag -> '"' + tag + '"'));
        return Arbitraries.oneOf(
                Arbitraries.just(List.of()),
                Arbitraries.just(List.of("*")),
                tags.list().ofMaxSize(4));
    }

    @Provide
    Arbitrary<Integer> seconds() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3), Arbitraries.integers().between(-100_000, 100_000));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "\"now\"",
                        "W/\"now\"",
                        "w/\"now\"",
                        "W/",
                        "\"",
                        "*",
                        ",",
                        "\"now",
                        "now\"",
                        "\\\"",
                        "Sun, 01 Nov 2026",
                        "Sun, 99 Nov 2026 99:99:99 GMT",
                        "Sunday, 01-Nov-26 12:00:00 GMT",
                        "Sun Nov  1 12:00:00 2026",
                        "0",
                        "-1",
                        "Sun, 01 Nov 2026 12:00:00 GMT; length=5",
                        ";",
                        "99999999999999999999",
                        "bytes=0-1"),
                Arbitraries.integers().between(-100_000, 100_000).map(PreconditionsProperties::date),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<Map<String, List<String>>> headers() {
        Arbitrary<List<String>> several = Combinators.combine(
                        values(), values().list().ofMaxSize(2))
                .as((first, more) -> {
                    List<String> all = new java.util.ArrayList<>(List.of(first));
                    all.addAll(more);
                    return all;
                });
        return Arbitraries.maps(Arbitraries.of(NAMES), several);
    }
}
