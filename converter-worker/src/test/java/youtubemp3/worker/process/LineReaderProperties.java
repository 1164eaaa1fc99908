package youtubemp3.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import youtubemp3.jobs.ManyCases;

@AddLifecycleHook(ManyCases.class)
class LineReaderProperties {

    private static final int LONGEST = 65_536;

    @Property(tries = 100)
    void readsAllLinesInOrderUpToTheMaximumLength(
            @ForAll("outputs") byte[] output, @ForAll @IntRange(min = 1, max = 9000) int atOnce)
            throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();
        new LineReader("test", slowly(output, atOnce), heard::add).await();

        String text = new String(output, StandardCharsets.UTF_8).replace('\r', ' ');
        List<String> expected = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (expected.get(expected.size() - 1).isEmpty()) {
            expected.remove(expected.size() - 1);
        }
        expected.replaceAll(line -> line.substring(0, Math.min(LONGEST, line.length())));
        assertThat(heard).isEqualTo(expected);
    }

    @Property(tries = 50)
    void keepsABoundedNumberOfTheLastLines(@ForAll("lines") List<String> lines) {
        OutputTail said = new OutputTail();
        lines.forEach(said::add);

        List<String> kept = lines.stream().filter(line -> !line.isBlank()).toList();
        kept = kept.subList(Math.max(0, kept.size() - 200), kept.size());
        assertThat(said.text())
                .isEqualTo(String.join(
                        "",
                        kept.stream()
                                .filter(line -> !(line.startsWith("WARNING") && line.contains("thumbnail")))
                                .map(line -> line + "\n")
                                .toList()));
        assertThat(said.tail().codePoints()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    /** Returns at most this many bytes per read, which may split characters. */
    private static InputStream slowly(byte[] output, int atOnce) {
        return new ByteArrayInputStream(output) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, atOnce));
            }
        };
    }

    @Provide
    Arbitrary<byte[]> outputs() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "\n",
                        "\n",
                        "\r",
                        "\r\n",
                        "ERROR: x",
                        "WARNING: ",
                        "META {",
                        "PROG 1",
                        "\u001b[31m",
                        "\u0000",
                        "\u2028",
                        "\u0085",
                        "\u00e9",
                        "\ud83c\udf84",
                        "out_time_us=1",
                        "x".repeat(65_535),
                        "x".repeat(65_537),
                        "y".repeat(200_000))
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(
                pieces.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> line = Arbitraries.oneOf(
                Arbitraries.of("", " ", "\t", "WARNING: no thumbnail", "WARNING: x", "ERROR: thumbnail", "\u001b[0m"),
                Arbitraries.strings().ofMaxLength(30));
        return Combinators.combine(
                        line.list().ofMaxSize(40), Arbitraries.integers().between(1, 20))
                .as((some, times) -> {
                    List<String> all = new ArrayList<>();
                    for (int i = 0; i < times; i++) {
                        all.addAll(some);
                    }
                    return all;
                });
    }
}
