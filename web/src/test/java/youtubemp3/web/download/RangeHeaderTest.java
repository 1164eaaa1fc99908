package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {

    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-0         |   0 |    1
            bytes=0-499       |   0 |  500
            bytes=500-999     | 500 | 1000
            bytes=999-999     | 999 | 1000
            bytes=500-5000    | 500 | 1000
            bytes=0-          |   0 | 1000
            bytes=999-        | 999 | 1000
            bytes=-1          | 999 | 1000
            bytes=-1000       |   0 | 1000
            bytes=-5000       |   0 | 1000
            bytes=007-9       |   7 |   10
            BYTES=1-2         |   1 |    3
            'bytes= 1-2 '     |   1 |    3
            'bytes=,1-2,'     |   1 |    3
            bytes=1-99999999999999999999 | 1 | 1000
            bytes=-99999999999999999999  | 0 | 1000
            bytes=0-9223372036854775807  | 0 | 1000
            """)
    void onePart(String header, long start, long end) {
        ByteRange range = RangeHeader.parse(header, SIZE);

        assertThat(range).isEqualTo(new ByteRange(ByteRange.Kind.PART, start, end));
        assertThat(range.length()).isEqualTo(end - start);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=,",
                "bytes=5-4",
                "bytes=99999999999999999999-99999999999999999998",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=1",
                "bytes=--1",
                "bytes=1--2",
                "bytes=1-2-3",
                "bytes=+1-2",
                "bytes=1.0-2",
                "bytes 1-2",
                "bytes =1-2",
                "bytes=\u0661-\u0662",
                "items=0-1",
                "seconds=1-2",
                "0-1",
                // several: allowed to be answered as a whole
                "bytes=0-0,1-1",
                "bytes=0-0, -1",
                "bytes=5000-6000,0-1",
            })
    void theWholeFile(String header) {
        assertThat(RangeHeader.parse(header, SIZE)).isEqualTo(new ByteRange(ByteRange.Kind.WHOLE, 0, SIZE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1000-",
                "bytes=1000-1000",
                "bytes=1001-2000",
                "bytes=-0",
                "bytes=99999999999999999999-",
                "bytes=99999999999999999998-99999999999999999999",
            })
    void unsatisfiable(String header) {
        assertThat(RangeHeader.parse(header, SIZE).kind()).isEqualTo(ByteRange.Kind.UNSATISFIABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"})
    void unsatisfiableForAnEmptyFile(String header) {
        assertThat(RangeHeader.parse(header, 0).kind()).isEqualTo(ByteRange.Kind.UNSATISFIABLE);
    }
}
