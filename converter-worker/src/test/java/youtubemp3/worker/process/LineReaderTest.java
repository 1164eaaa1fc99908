package youtubemp3.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void read(String text) throws InterruptedException {
        new LineReader("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), heard::add).await();
    }

    @Test
    void aCarriageReturnDoesNotEndALine() throws InterruptedException {
        read("ERROR: \r[download] Got error\nnext\nunfinished");
        assertThat(heard).containsExactly("ERROR:  [download] Got error", "next", "unfinished");
    }

    @Test
    void aLongLineIsTruncated() throws InterruptedException {
        read("x".repeat(1_000_000) + "\nshort\n");
        assertThat(heard).extracting(String::length).containsExactly(65_536, 5);
    }

    @Test
    void keepsTheLastLinesWithoutWarningsAboutThePicture() {
        OutputTail said = new OutputTail();
        for (int i = 0; i < 1000; i++) {
            said.add("line " + i);
        }
        said.add("WARNING: Unable to download video thumbnail 3: HTTP Error 503: no");
        said.add("   ");
        said.add("x".repeat(60_000));
        said.add("ERROR: \u001b[31mred");
        assertThat(said.text()).doesNotContain("503").contains("line 999").doesNotContain("line 500");
        assertThat(said.text()).hasSizeLessThan(10_000);
        assertThat(said.tail()).endsWith("ERROR: ?[31mred").doesNotContain("\u001b");
    }
}
