package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** The file is {@code "now"}, of noon (and 250 ms). */
class PreconditionsTest {

    private static final Preconditions CONDITIONS =
            new Preconditions("\"now\"", Instant.parse("2026-11-01T12:00:00.250Z"));

    private static final String BEFORE = "Sun, 01 Nov 2026 11:59:59 GMT";
    private static final String THEN = "Sun, 01 Nov 2026 12:00:00 GMT";
    private static final String AFTER = "Sun, 01 Nov 2026 12:00:01 GMT";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            If-Match             | "now"             | SEND
            If-Match             | "then", "now"     | SEND
            If-Match             | *                 | SEND
            If-Match             | "then"            | FAILED
            If-Match             | W/"now"           | FAILED
            If-Match             | now               | FAILED
            If-Unmodified-Since  | BEFORE            | FAILED
            If-Unmodified-Since  | THEN              | SEND
            If-Unmodified-Since  | AFTER             | SEND
            If-Unmodified-Since  | yesterday         | SEND
            If-None-Match        | "now"             | NOT_MODIFIED
            If-None-Match        | W/"now"           | NOT_MODIFIED
            If-None-Match        | "then", W/"now"   | NOT_MODIFIED
            If-None-Match        | *                 | NOT_MODIFIED
            If-None-Match        | "then"            | SEND
            If-Modified-Since    | BEFORE            | SEND
            If-Modified-Since    | THEN              | NOT_MODIFIED
            If-Modified-Since    | AFTER             | NOT_MODIFIED
            If-Modified-Since    | yesterday         | SEND
            If-Range             | "then"            | SEND
            """)
    void oneCondition(String name, String value, Preconditions.Result verdict) {
        assertThat(CONDITIONS.of(headers(name, value))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            If-Match            | "now"   | If-Unmodified-Since | BEFORE  | SEND
            If-Match            | "then"  | If-Unmodified-Since | AFTER   | FAILED
            If-Match            | "now"   | If-None-Match       | "now"   | NOT_MODIFIED
            If-Match            | "then"  | If-None-Match       | "now"   | FAILED
            If-Unmodified-Since | BEFORE  | If-None-Match       | "now"   | FAILED
            If-None-Match       | "then"  | If-Modified-Since   | AFTER   | SEND
            If-None-Match       | "now"   | If-Modified-Since   | BEFORE  | NOT_MODIFIED
            If-None-Match       | "then"  | If-None-Match       | "now"   | NOT_MODIFIED
            """)
    void twoConditions(String name, String value, String other, String otherValue, Preconditions.Result verdict) {
        HttpHeaders headers = headers(name, value);
        headers.addAll(headers(other, otherValue));

        assertThat(CONDITIONS.of(headers)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "now"             | true
            "then"            | false
            W/"now"           | false
            THEN              | true
            BEFORE            | false
            AFTER             | false
            now               | false
            *                 | false
            """)
    void aRangeHoldsForTheVerySameFileOnly(String validator, boolean holds) {
        assertThat(CONDITIONS.rangeHolds(headers("If-Range", validator))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"Range, bytes=0-1"})
    void aRangeWithoutAConditionHolds(String name, String value) {
        assertThat(CONDITIONS.rangeHolds(headers(name, value))).isTrue();
        assertThat(CONDITIONS.of(headers(name, value))).isEqualTo(Preconditions.Result.SEND);
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(
                name,
                switch (value) {
                    case "BEFORE" -> BEFORE;
                    case "THEN" -> THEN;
                    case "AFTER" -> AFTER;
                    default -> value;
                });
        return headers;
    }
}
