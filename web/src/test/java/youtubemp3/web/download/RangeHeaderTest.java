package youtubemp3.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.web.download.RangeHeader.Part;

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
    void a_part(String header, long start, long end) {
        Part part = RangeHeader.read(header, SIZE);

        assertThat(part).isEqualTo(new Part(Part.Kind.PART, start, end));
        assertThat(part.length()).isEqualTo(end - start);
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
    void the_whole_file(String header) {
        assertThat(RangeHeader.read(header, SIZE)).isEqualTo(new Part(Part.Kind.WHOLE, 0, SIZE));
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
    void nothing(String header) {
        assertThat(RangeHeader.read(header, SIZE).kind()).isEqualTo(Part.Kind.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"})
    void nothing_of_an_empty_file(String header) {
        assertThat(RangeHeader.read(header, 0).kind()).isEqualTo(Part.Kind.NONE);
    }
}
