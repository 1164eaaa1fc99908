package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.Trim;
import youtubemp3.jobs.status.Progress;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor.Listener;

/** Replaces yt-dlp and ffmpeg by processes with generated output and exit codes. */
@AddLifecycleHook(ManyCases.class)
class PipelineProperties {

    private static Path folder;
    private static WorkerSettings settings;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("conversion");
        settings = RealTools.settings("yt-dlp", URI.create("http://localhost:1"));
    }

    @Property(tries = 5)
    void endsWithMetadataOrAKnownFailure(
            @ForAll("fetchLines") List<String> fetched,
            @ForAll("exits") int fetchExit,
            @ForAll("encodeLines") List<String> encoded,
            @ForAll("exits") int encodeExit)
            throws IOException, InterruptedException {
        List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
        List<Track> tracks = Collections.synchronizedList(new ArrayList<>());
        Listener listener = new Listener() {
            @Override
            public void found(Track track) {
                tracks.add(track);
            }

            @Override
            public void progress(Progress told) {
                progress.add(told);
            }
        };
        Pipeline pipeline = new Pipeline(
                settings,
                new Cookies(settings, InstantSource.system()),
                listener,
                new ProgressMeter(listener)::report,
                OutputOptions.DEFAULT,
                new LengthLimits(settings.longestVideo(), Trim.NONE),
                folder.resolve("sound.mp3"),
                true);
        try {
            Metadata metadata = pipeline.run(
                            saying("fetch", fetched, fetchExit),
                            saying("encode", encoded, encodeExit),
                            length -> Long.MAX_VALUE)
                    .video();

            assertThat(fetchExit).isZero();
            assertThat(encodeExit).isZero();
            assertThat(tracks).containsExactly(metadata.track());
            assertThat(encoded).anyMatch(line -> line.startsWith(Ffmpeg.OUT_TIME));
        } catch (ExtractionException e) {
            assertThat(e.diagnosis().kind()).isNotNull();
            assertThat(e.getMessage()).doesNotContain("\n");
        }
        assertThat(tracks).hasSizeLessThanOrEqualTo(1);
        assertThat(progress).allSatisfy(told -> {
            assertThat(told.percent()).isBetween(0, 100);
            assertThat(told.eta()).isNotNull();
            assertThat(told.eta().isNegative()).isFalse();
        });
    }

    private static ProcessBuilder saying(String name, List<String> lines, int exit) throws IOException {
        Path output = Files.write(folder.resolve(name), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return new ProcessBuilder("sh", "-c", "cat \"$1\" >&2; exit " + exit, "sh", output.toString());
    }

    @Provide
    Arbitrary<Integer> exits() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(0)),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(1, 2, 101, 126, 127, 137)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 255)));
    }

    @Provide
    Arbitrary<List<String>> fetchLines() {
        Arbitrary<String> durations =
                Arbitraries.of("30", "0", "-1", "0.001", "1e15", "-1e15", "1e400", "null", "\"x\"");
        Arbitrary<String> metas = durations.map(duration -> "META {\"title\": \"x\", \"duration\": " + duration + "}");
        Arbitrary<String> others = Arbitraries.of(
                "META ",
                "META NA",
                "META {",
                "META []",
                "PROG ",
                "PROG x",
                "ERROR: Private video",
                "WARNING: x",
                "\u0000",
                "");
        return Combinators.combine(
                        metas,
                        Arbitraries.oneOf(others, metas, Arbitraries.strings().ofMaxLength(40))
                                .list()
                                .ofMaxSize(5))
                .as((meta, more) -> {
                    List<String> lines = new ArrayList<>(more);
                    lines.add(more.size() / 2, meta);
                    return lines;
                });
    }

    @Provide
    Arbitrary<List<String>> encodeLines() {
        Arbitrary<String> times = Arbitraries.of(
                        "0",
                        "1",
                        "29990000",
                        "30000000",
                        "-1",
                        "-9223372036854775808",
                        "9223372036854775807",
                        "99999999999999999999",
                        "N/A",
                        "",
                        " 5",
                        "1.5",
                        "\u0661")
                .map(time -> Ffmpeg.OUT_TIME + time);
        Arbitrary<String> others = Arbitraries.of(
                "progress=continue", "bitrate=N/A", "speed=", "frame", "stream_0_0_q=1", "=", "Error writing");
        return Arbitraries.oneOf(times, times, others, Arbitraries.strings().ofMaxLength(40))
                .list()
                .ofMaxSize(8);
    }
}
