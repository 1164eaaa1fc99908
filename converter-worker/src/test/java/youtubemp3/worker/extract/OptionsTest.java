package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Progress;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.failure.FailureKind;

/** Makes files with the options of a job, with every installed yt-dlp, and reads them with ffprobe. */
@Timeout(120)
class OptionsTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static final String OTHER = "other000000";
    private static final String LAST_CHAPTER = "T/w? more: \"Ünï\"";
    private static final Pattern LOUDNESS = Pattern.compile("(?s).*I: +(-[0-9.]+) LUFS.*");

    @TempDir
    private Path folder;

    private final List<Integer> percents = Collections.synchronizedList(new ArrayList<>());

    private static Stream<Arguments> withEachYtDlp(List<String> rows) {
        return RealTools.ytDlps().stream().flatMap(ytDlp -> rows.stream().map(row -> Arguments.of(ytDlp, row)));
    }

    static Stream<String> ytDlps() {
        return RealTools.ytDlps().stream();
    }

    static Stream<Arguments> formats() {
        return withEachYtDlp(List.of("mp3", "m4a", "opus"));
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"128, 128000", "256, 256000", "320, 320000"})
    void aConstantQualityIsTheBitRate(String quality, String bitRate) throws Exception {
        Path mp3 = extract("yt-dlp", Scenario.ORDINARY, Map.of("quality", quality));

        assertThat(stream(mp3, "audio").path("bit_rate").asString()).isEqualTo(bitRate);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"v0", "v2"})
    void aVariableQualityFollowsTheSound(String quality) throws Exception {
        Path mp3 = extract("yt-dlp", Scenario.ORDINARY, Map.of("quality", quality));

        // Xing is the header of files with a variable bit rate, Info that of others
        assertThat(Files.readString(mp3, StandardCharsets.ISO_8859_1)).contains("Xing");
        assertThat(duration(mp3)).isCloseTo(30, within(0.1));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void eachFormatHasTagsAndTheCover(String ytDlp, String format) throws Exception {
        Path file = extract(ytDlp, Scenario.ORDINARY, Map.of("format", format, "cover", "square"));

        assertThat(duration(file)).isCloseTo(30, within(0.1));
        assertThat(stream(file, "audio").path("codec_name").asString())
                .isEqualTo(Map.of("mp3", "mp3", "m4a", "aac", "opus", "opus").get(format));
        JsonNode tags = tags(file);
        assertThat(tags.path("title").asString()).isEqualTo("Scenario " + Scenario.ORDINARY.id());
        assertThat(tags.path("artist").asString()).isEqualTo("Stand-in Channel");
        JsonNode cover = stream(file, "video");
        assertThat(cover.path("codec_name").asString()).isEqualTo("mjpeg");
        assertThat(cover.path("width").asInt()).isEqualTo(cover.path("height").asInt());
        assertDecodable(file);
        assertThat(percents).isSorted().last().isIn(99, 100);
    }

    /** So that the library has a song once that is converted again. */
    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus"})
    void aRepetitionMakesTheSameFile(String format) throws Exception {
        Path first = extract("yt-dlp", Scenario.ORDINARY, Map.of("format", format));
        Path second = extract("yt-dlp", Scenario.ORDINARY, Map.of("format", format));

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @ParameterizedTest
    @CsvSource({"m4a, m4a", "opus, webm"})
    void whatYouTubeHasIsNotEncodedAgain(String format, String extension) throws Exception {
        Path file = extract("yt-dlp", Scenario.ORDINARY, Map.of("format", format));

        MediaFiles media = ordinary();
        assertThat(packets(file)).isEqualTo(packets(extension.equals("m4a") ? media.m4a() : media.webm()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus"})
    void aPartIsKept(String format) throws Exception {
        Path file = extract("yt-dlp", Scenario.ORDINARY, Map.of("format", format, "from", "10.5", "to", "20"));

        assertThat(duration(file)).isCloseTo(9.5, within(0.06));
        assertDecodable(file);
        assertThat(percents).isSorted().last().isIn(99, 100);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("formats")
    void anEndAfterThatOfTheVideoIsTheEnd(String ytDlp, String format) throws Exception {
        Path file = extract(ytDlp, Scenario.ORDINARY, Map.of("format", format, "from", "20", "to", "1:00:00"));

        assertThat(duration(file)).isCloseTo(10, within(0.1));
    }

    /** yt-dlp fetches 10 MB at a time, of 60. An old one passes them on when it has them all. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("formats")
    void theStartOfALongVideoIsNotFetchedToItsEnd(String ytDlp, String format) throws Exception {
        YOUTUBE.standIn().add(hour().rate(2_000_000).build());
        int before = mediaRequests();

        assertThat(duration(extract(ytDlp, OTHER, Map.of("format", format, "to", "10"))))
                .isCloseTo(10, within(0.06));
        assertThat(mediaRequests() - before).isLessThanOrEqualTo(3);
    }

    /** The second of six pieces breaks, after a quarter of an hour. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("formats")
    void aPartThatIsFetchedCountsAndABrokenDownloadDoesNot(String ytDlp, String format) throws Exception {
        YOUTUBE.standIn().add(hour().truncatedAfter(15_000_000).build());

        assertThat(duration(extract(ytDlp, OTHER, Map.of("format", format, "from", "300", "to", "330"))))
                .isCloseTo(30, within(0.06));
        ExtractionException failure = failure(ytDlp, OTHER, Map.of("format", format, "to", "30:00"));
        assertThat(failure.diagnosis().kind()).isIn(FailureKind.NETWORK, FailureKind.BROKEN_DOWNLOAD);
    }

    private static Video.Builder hour() {
        return Video.builder(OTHER).media(new Media(ordinary().webm().getParent()).prelude(Duration.ofHours(1)));
    }

    private static int mediaRequests() {
        return (int) YOUTUBE.standIn().requests().stream()
                .filter(request -> request.contains("videoplayback"))
                .count();
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aPartAfterTheEndIsAFailureThatNamesTheEnd(String ytDlp) {
        ExtractionException failure = failure(ytDlp, Scenario.SLOW, Map.of("from", "30"));

        assertThat(failure.diagnosis().kind()).isEqualTo(FailureKind.STARTS_AFTER_END);
        assertThat(failure.diagnosis().arguments()).containsExactly("0:30");
    }

    static Stream<Arguments> formatsThatMayBeMissing() {
        return withEachYtDlp(List.of("m4a", "opus"));
    }

    @ParameterizedTest
    @MethodSource("formatsThatMayBeMissing")
    void aFormatThatYouTubeLacksIsAFailureOfTheRequest(String ytDlp, String format) {
        MediaFiles media = ordinary();
        MediaFiles other = format.equals("m4a")
                ? new MediaFiles(media.webm(), null, media.duration())
                : new MediaFiles(null, media.m4a(), media.duration());
        YOUTUBE.standIn().add(Video.builder(OTHER).media(other).build());

        ExtractionException failure = failure(ytDlp, OTHER, Map.of("format", format));

        assertThat(failure.diagnosis().kind()).as(failure.getMessage()).isEqualTo(FailureKind.FORMAT_MISSING);
        assertThat(failure.diagnosis().arguments()).containsExactly(format.toUpperCase(Locale.ROOT));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("formatsThatMayBeMissing")
    void withoutAnyFormatTheVideoOrYouTubeIsAtFault(String ytDlp, String format) {
        Map<String, String> fields = Map.of("format", format);

        assertThat(failure(ytDlp, Scenario.SILENT, fields).diagnosis().kind()).isEqualTo(FailureKind.NO_SOUND);
        assertThat(failure(ytDlp, Scenario.SABR_ONLY, fields).diagnosis().kind())
                .isEqualTo(FailureKind.NO_FORMATS);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void chaptersAreMarkedAndMoveWithThePart(String ytDlp, String format) throws Exception {
        Path file = extract(
                ytDlp, Scenario.CHAPTERS, Map.of("format", format, "chapters", "mark", "from", "5.4", "to", "25.4"));

        JsonNode chapters = probe(file, "-show_chapters").path("chapters");
        assertThat(chapters.valueStream()
                        .map(chapter -> chapter.at("/tags/title").asString()))
                .containsExactly("One", "Two; and = a \\ half", LAST_CHAPTER);
        assertThat(chapters.valueStream()
                        .map(chapter ->
                                Double.valueOf(chapter.path("start_time").asString())))
                .containsExactly(0.0, 4.6, 14.6);
        assertThat(Double.parseDouble(chapters.path(2).path("end_time").asString()))
                .isCloseTo(20, within(0.1));
        assertThat(tags(file).path("title").asString()).isEqualTo("Scenario " + Scenario.CHAPTERS.id());
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aVideoWithoutChaptersIsAFailureOfTheRequest(String ytDlp) {
        ExtractionException failure = failure(ytDlp, Scenario.SLOW, Map.of("chapters", "split"));

        assertThat(failure.diagnosis().kind()).isEqualTo(FailureKind.NO_CHAPTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus"})
    void eachChapterBecomesAFile(String format) throws Exception {
        Path zip = extract("yt-dlp", Scenario.CHAPTERS, Map.of("format", format, "chapters", "split"));

        List<Path> files = unpack(zip);
        assertThat(files.stream().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "01 One." + format, "02 Two; and = a - half." + format, "03 T-w more - 'Ünï'." + format);
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            assertThat(duration(file)).isCloseTo(10, within(0.06));
            JsonNode tags = tags(file);
            assertThat(tags.path("track").asString()).isEqualTo(i + 1 + (format.equals("opus") ? "" : "/3"));
            assertThat(tags.path("TRACKTOTAL").asString("")).isEqualTo(format.equals("opus") ? "3" : "");
            assertThat(tags.path("album").asString()).isEqualTo("Scenario " + Scenario.CHAPTERS.id());
            assertThat(stream(file, "video").path("codec_name").asString()).isEqualTo("mjpeg");
            assertDecodable(file);
        }
        assertThat(tags(files.get(2)).path("title").asString()).isEqualTo(LAST_CHAPTER);
    }

    @Test
    void theLoudnessOfAPartIsNormalized() throws Exception {
        Path mp3 = extract(
                "yt-dlp", Scenario.ORDINARY, Map.of("normalize", "true", "from", "5", "to", "25", "quality", "128"));

        assertThat(loudness(mp3)).isCloseTo(-14, within(0.6));
        assertThat(duration(mp3)).isCloseTo(20, within(0.06));
        assertThat(stream(mp3, "audio").path("sample_rate").asString()).isEqualTo("48000");
        assertThat(stream(mp3, "audio").path("bit_rate").asString()).isEqualTo("128000");
        assertThat(percents).isSorted().last().isIn(99, 100);
    }

    @Tag("long")
    @Test
    void silenceStaysSilence() throws Exception {
        Path silent = folder.resolve("silence.m4a");
        RealTools.run(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "anullsrc=r=44100",
                "-t",
                "5",
                "-movflags",
                "+faststart",
                silent.toString());
        YOUTUBE.standIn()
                .add(Video.builder(OTHER)
                        .media(new MediaFiles(null, silent, Duration.ofSeconds(5)))
                        .build());

        Path mp3 = extract("yt-dlp", OTHER, Map.of("normalize", "true"));

        assertThat(duration(mp3)).isCloseTo(5, within(0.1));
        assertThat(stream(mp3, "audio").path("sample_rate").asString()).isEqualTo("44100");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("formats")
    void everythingAtOnce(String ytDlp, String format) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of("format", format, "cover", "square"));
        fields.putAll(Map.of("chapters", "split", "from", "5", "to", "25"));
        if (format.equals("mp3")) {
            fields.putAll(Map.of("normalize", "true", "quality", "v0"));
        }

        List<Path> files = unpack(extract(ytDlp, Scenario.CHAPTERS, fields));

        assertThat(files).hasSize(3);
        assertThat(duration(files.get(0))).isCloseTo(5, within(0.06));
        assertThat(duration(files.get(1))).isCloseTo(10, within(0.06));
        assertThat(duration(files.get(2))).isCloseTo(5, within(0.06));
    }

    private static MediaFiles ordinary() {
        return YOUTUBE.standIn().video(Scenario.ORDINARY.id()).media();
    }

    private Path extract(String ytDlp, Scenario scenario, Map<String, String> fields)
            throws ExtractionException, InterruptedException, IOException {
        return extract(ytDlp, scenario.id(), fields);
    }

    private Path extract(String ytDlp, String video, Map<String, String> fields)
            throws ExtractionException, InterruptedException, IOException {
        Path attempt = Files.createTempDirectory(folder, "attempt");
        return RealTools.extractor(RealTools.settings(ytDlp, YOUTUBE.standIn().proxy()))
                .extract(new VideoId(video), OutputOptions.of(fields), attempt, new Listener() {
                    @Override
                    public void found(Track track) {}

                    @Override
                    public void progress(Progress progress) {
                        percents.add(progress.percent());
                    }
                })
                .file();
    }

    private ExtractionException failure(String ytDlp, Scenario scenario, Map<String, String> fields) {
        return failure(ytDlp, scenario.id(), fields);
    }

    private ExtractionException failure(String ytDlp, String scenario, Map<String, String> fields) {
        return catchThrowableOfType(ExtractionException.class, () -> extract(ytDlp, scenario, fields));
    }

    private List<Path> unpack(Path zip) throws IOException {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        List<Path> files = new ArrayList<>();
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                Path file = unpacked.resolve(entry.getName());
                Files.copy(archive.getInputStream(entry), file);
                files.add(file);
            }
        }
        return files;
    }

    private static JsonNode probe(Path file, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "json"));
        command.addAll(List.of("-show_format", "-show_streams"));
        command.addAll(List.of(more));
        command.add(file.toString());
        return new JsonMapper().readTree(RealTools.run(command.toArray(String[]::new)));
    }

    private static double duration(Path file) throws Exception {
        return Double.parseDouble(stream(file, "audio").path("duration").asString());
    }

    private static JsonNode stream(Path file, String type) throws Exception {
        return probe(file)
                .path("streams")
                .valueStream()
                .filter(stream -> stream.path("codec_type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Ogg has the tags of its stream, other formats those of the file. */
    private static JsonNode tags(Path file) throws Exception {
        return file.toString().endsWith(".opus")
                ? stream(file, "audio").path("tags")
                : probe(file).at("/format/tags");
    }

    private static String packets(Path file) throws Exception {
        return RealTools.run(
                "ffmpeg", "-v", "error", "-i", file.toString(), "-map", "0:a", "-c", "copy", "-f", "md5", "-");
    }

    private static double loudness(Path file) throws Exception {
        String output = RealTools.run("ffmpeg", "-nostats", "-i", file.toString(), "-af", "ebur128", "-f", "null", "-");
        Matcher matcher = LOUDNESS.matcher(output);
        assertThat(matcher.matches()).as(output).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static void assertDecodable(Path file) throws Exception {
        assertThat(RealTools.run(
                        "ffmpeg", "-v", "error", "-xerror", "-i", file.toString(), "-map", "0:a", "-f", "null", "-"))
                .isEmpty();
    }
}
