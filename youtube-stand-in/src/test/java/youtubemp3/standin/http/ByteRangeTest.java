package youtubemp3.standin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final ByteRange FILE = new ByteRange(0, 100);

    @ParameterizedTest
    @CsvSource({"0-9, 0, 10", "bytes=0-9, 0, 10", "bytes=90-, 90, 10", "bytes=90-999, 90, 10", "bytes=99-99, 99, 1"})
    void aPartIsCountedFromTheStart(String requested, long start, long length) {
        assertThat(FILE.part(requested)).isEqualTo(new ByteRange(start, length));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes=-5", "items=0-9", "0-9,20-29"})
    void anyOtherTextStandsForTheWhole(String requested) {
        assertThat(FILE.part(requested)).isEqualTo(FILE);
    }

    @Test
    void aPartBeyondTheEndHasNoBytes() {
        assertThat(FILE.part("bytes=100-").length()).isNotPositive();
    }

    @Test
    void theContentRangeIsRelativeToTheResource() {
        ByteRange resource = FILE.part("50-99");

        assertThat(resource.part("bytes=10-19").contentRange(resource)).isEqualTo("bytes 10-19/50");
        assertThat(resource.part("bytes=50-").contentRange(resource)).isEqualTo("bytes */50");
    }
}
