package youtubemp3.worker.extract;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.Progress;
import youtubemp3.jobs.status.Stage;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.standin.video.Thumbnail;
import youtubemp3.standin.video.Video;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.AudioExtractor.Listener;
import youtubemp3.worker.failure.FailureKind;

/** Runs every installed yt-dlp and the real ffmpeg against the stand-in for YouTube. */
@Timeout(120)
class YtDlpAudioExtractorTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    /** The scenarios that fail, each with its kind of failure. Those that succeed are in {@link #WORKING}. */
    private static final Map<Scenario, FailureKind> FAILING = Map.ofEntries(
            entry(Scenario.PRIVATE, FailureKind.PRIVATE),
            entry(Scenario.REMOVED, FailureKind.UNAVAILABLE),
            entry(Scenario.ACCOUNT_TERMINATED, FailureKind.UNAVAILABLE),
            entry(Scenario.REMOVED_FOR_TERMS, FailureKind.UNAVAILABLE),
            entry(Scenario.COPYRIGHT, FailureKind.UNAVAILABLE),
            entry(Scenario.GEO_BLOCKED, FailureKind.REGION_BLOCKED),
            entry(Scenario.MEMBERS_ONLY, FailureKind.MEMBERS_ONLY),
            entry(Scenario.PAYMENT, FailureKind.MEMBERS_ONLY),
            entry(Scenario.BOT_CHECK, FailureKind.BOT_CHECK),
            entry(Scenario.RATE_LIMITED, FailureKind.RATE_LIMITED),
            entry(Scenario.AGE_GATE, FailureKind.AGE_RESTRICTED),
            entry(Scenario.UPCOMING, FailureKind.NOT_STARTED),
            entry(Scenario.PREMIERE, FailureKind.NOT_STARTED),
            entry(Scenario.LIVE_RECORDING_GONE, FailureKind.UNAVAILABLE),
            entry(Scenario.LIVE_ENDED, FailureKind.LIVE_ENDED),
            entry(Scenario.PREMIERE_SHORTLY, FailureKind.NOT_STARTED),
            entry(Scenario.NOT_AVAILABLE, FailureKind.UNAVAILABLE),
            entry(Scenario.SIGN_IN_REQUIRED, FailureKind.SIGN_IN_REQUIRED),
            entry(Scenario.PAGE_RELOAD, FailureKind.CLIENT_REJECTED),
            entry(Scenario.EMBEDDING_DISABLED, FailureKind.CLIENT_REJECTED),
            entry(Scenario.TRY_AGAIN_LATER, FailureKind.YOUTUBE_MESSAGE),
            entry(Scenario.UNKNOWN_REASON, FailureKind.YOUTUBE_MESSAGE),
            entry(Scenario.COOKIES_EXPIRED, FailureKind.BOT_CHECK),
            entry(Scenario.PROCESSING, FailureKind.PROCESSING),
            entry(Scenario.LIVE_NOW, FailureKind.LIVE_NOW),
            entry(Scenario.WATCH_429, FailureKind.RATE_LIMITED),
            entry(Scenario.MEDIA_403, FailureKind.FORBIDDEN),
            entry(Scenario.MEDIA_404, FailureKind.NETWORK),
            entry(Scenario.MEDIA_400, FailureKind.NETWORK),
            entry(Scenario.MEDIA_EMPTY, FailureKind.NETWORK),
            entry(Scenario.MISSING_BYTES, FailureKind.BROKEN_DOWNLOAD),
            entry(Scenario.SILENT, FailureKind.NO_SOUND),
            entry(Scenario.MEDIA_503, FailureKind.NETWORK),
            entry(Scenario.TRUNCATED, FailureKind.NETWORK),
            entry(Scenario.SABR_ONLY, FailureKind.NO_FORMATS),
            entry(Scenario.DRM, FailureKind.PROTECTED),
            entry(Scenario.TOO_LONG, FailureKind.TOO_LONG));

    private static final Set<Scenario> WORKING = Set.of(
            Scenario.ORDINARY,
            Scenario.CHAPTERS,
            Scenario.FLAKY_503,
            Scenario.SLOW,
            Scenario.SLOW_PLAYER,
            Scenario.EDITED_SHORTER,
            Scenario.EDITED_LONGER);

    private final StartedProcesses processes = new StartedProcesses();

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @BeforeEach
    void countFailuresAnew() {
        YOUTUBE.standIn().add(YOUTUBE.standIn().video(Scenario.FLAKY_503.id()));
    }

    static Stream<String> ytDlps() {
        return RealTools.ytDlps().stream();
    }

    static Stream<Arguments> ytDlpsAndFailing() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> FAILING.keySet().stream()
                        .sorted()
                        .map(scenario -> Arguments.of(ytDlp, scenario, FAILING.get(scenario))));
    }

    static Stream<Arguments> ytDlpsAndWorking() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> WORKING.stream().sorted().map(scenario -> Arguments.of(ytDlp, scenario)));
    }

    private WorkerSettings settings(String ytDlp) {
        return RealTools.settings(ytDlp, YOUTUBE.standIn().proxy());
    }

    private Path extract(WorkerSettings settings, String id) throws ExtractionException, InterruptedException {
        return RealTools.extractor(settings)
                .extract(new VideoId(id), OutputOptions.DEFAULT, folder, heard)
                .file();
    }

    @Test
    void everyScenarioIsTested() {
        List<Scenario> tried = new ArrayList<>(FAILING.keySet());
        tried.addAll(WORKING);
        // versions of yt-dlp differ on this one
        tried.add(Scenario.PLAYER_429);
        assertThat(tried).containsExactlyInAnyOrder(Scenario.values());
    }

    @ParameterizedTest
    @MethodSource("ytDlpsAndWorking")
    void makesAWholeTaggedMp3(String ytDlp, Scenario scenario) throws Exception {
        Path mp3 = extract(settings(ytDlp), scenario.id());

        assertThat(probe(mp3, "format=format_name")).isEqualTo("mp3");
        assertThat(Double.parseDouble(probe(mp3, "format=duration"))).isCloseTo(30, within(0.2));
        assertThat(probe(mp3, "format_tags=title")).isEqualTo("Scenario " + scenario.id());
        assertThat(probe(mp3, "format_tags=artist"))
                .isEqualTo(heard.track.artist())
                .isNotBlank();
        assertThat(probe(mp3, "stream=codec_name", "-select_streams", "v")).isEqualTo("mjpeg");
        assertThat(probe(mp3, "stream=bit_rate", "-select_streams", "a")).isEqualTo("192000");
        assertThat(Files.readAllBytes(mp3)).startsWith('I', 'D', '3', 3, 0);
        assertThat(heard.progress)
                .allSatisfy(progress -> assertThat(progress.stage()).isEqualTo(Stage.CONVERTING));
        assertThat(heard.progress.get(heard.progress.size() - 1).percent())
                .isGreaterThanOrEqualTo(scenario == Scenario.EDITED_LONGER ? 49 : 99);
        // all samples can be decoded
        assertThat(RealTools.run("ffmpeg", "-v", "error", "-xerror", "-i", mp3.toString(), "-f", "null", "-"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ytDlpsAndFailing")
    void classifiesTheFailure(String ytDlp, Scenario scenario, FailureKind expected) {
        ExtractionException failure =
                catchThrowableOfType(ExtractionException.class, () -> extract(settings(ytDlp), scenario.id()));
        assertThat(failure).isNotNull();
        assertThat(failure.diagnosis().kind()).as(failure.getMessage()).isEqualTo(expected);
        assertThat(folder.resolve("tagged.mp3")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void anUnknownReasonIsPassedOnInYouTubesWords(String ytDlp) {
        ExtractionException failure = catchThrowableOfType(
                ExtractionException.class, () -> extract(settings(ytDlp), Scenario.UNKNOWN_REASON.id()));

        assertThat(failure.diagnosis().arguments())
                .containsExactly("This video is only shown on Tuesdays <b>& Fridays</b>");
    }

    /** An old yt-dlp does not notice that YouTube has signed it out. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void expiredCookiesAreNamedByVersionsThatNoticeThem(String ytDlp, @TempDir Path elsewhere) throws Exception {
        Path cookies = Files.writeString(
                elsewhere.resolve("cookies.txt"),
                "# Netscape HTTP Cookie File\n"
                        + ".youtube.com\tTRUE\t/\tTRUE\t4102444800\tLOGIN_INFO\tx\n"
                        + ".youtube.com\tTRUE\t/\tTRUE\t4102444800\tSAPISID\tx\n");
        ExtractionException failure = catchThrowableOfType(
                ExtractionException.class, () -> extract(withCookies(ytDlp, cookies), Scenario.COOKIES_EXPIRED.id()));

        assertThat(failure.diagnosis().kind())
                .as(failure.getMessage())
                .isEqualTo(ytDlp.equals("yt-dlp") ? FailureKind.BOT_CHECK : FailureKind.COOKIES_EXPIRED);
    }

    /** An old yt-dlp uses only the page, a new one also asks the player, which refuses. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void aRefusingPlayerIsARateLimitForVersionsThatAskIt(String ytDlp) throws Exception {
        try {
            assertThat(extract(settings(ytDlp), Scenario.PLAYER_429.id())).exists();
        } catch (ExtractionException e) {
            assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        }
    }

    /** An old yt-dlp fails by itself; a new one retries forever, until the stall timeout. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void aRepeatedlyTruncatedDownloadFails(String ytDlp) {
        Video whole = YOUTUBE.standIn().video(Scenario.ORDINARY.id());
        YOUTUBE.standIn().add(whole.toBuilder().cutForeverAfter(65_536).build());
        try {
            WorkerSettings impatient = impatient(ytDlp, Duration.ofMinutes(2), Duration.ofSeconds(6));
            assertThatThrownBy(() -> extract(impatient, Scenario.ORDINARY.id()))
                    .isInstanceOfSatisfying(
                            ExtractionException.class,
                            e -> assertThat(e.diagnosis().kind())
                                    .isIn(FailureKind.NETWORK, FailureKind.BROKEN_DOWNLOAD, FailureKind.TIME_LIMIT));
            assertThat(folder.resolve("tagged.mp3")).doesNotExist();
            processes.awaitEnd();
        } finally {
            YOUTUBE.standIn().add(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aVideoThatDoesNotExistIsUnavailable(String ytDlp) {
        assertThatThrownBy(() -> extract(settings(ytDlp), Scenario.UNKNOWN_ID))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void anIdThatLooksLikeAnOptionIsAVideo(String ytDlp) {
        assertThatThrownBy(() -> extract(settings(ytDlp), "--version00"))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.UNAVAILABLE));
        assertThat(YOUTUBE.standIn().requests()).anyMatch(request -> request.contains("watch?v=--version00"));
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void leavesNoProcessAfterATimeout(String ytDlp) {
        // two seconds: the timeout plus twice the length
        WorkerSettings impatient = impatient(ytDlp, Duration.ofSeconds(-58), Duration.ofMinutes(1));
        assertThatThrownBy(() -> extract(impatient, Scenario.SLOW.id()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.TIME_LIMIT));
        processes.awaitEnd();
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void killsToolsThatStall(String ytDlp) {
        WorkerSettings impatient = impatient(ytDlp, Duration.ofMinutes(10), Duration.ofSeconds(4));
        assertThatThrownBy(() -> extract(impatient, Scenario.SLOW_PLAYER.id()))
                .isInstanceOfSatisfying(ExtractionException.class, e -> {
                    assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.TIME_LIMIT);
                    assertThat(e).hasMessageContaining("stalled for");
                });
        processes.awaitEnd();
    }

    @Test
    void leavesNoProcessWhenInterrupted() throws InterruptedException {
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                extract(settings("yt-dlp"), Scenario.SLOW.id());
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        thread.start();
        await().until(() -> heard.track != null);
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        processes.awaitEnd();
    }

    /** With blanks instead of tabs, yt-dlp skips the line and quotes all of it in its output. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void anUnreadableCookieIsNotLogged(String ytDlp, @TempDir Path elsewhere) throws Exception {
        Path cookies = Files.writeString(
                elsewhere.resolve("cookies.txt"),
                "# Netscape HTTP Cookie File\n.youtube.com TRUE / TRUE 4102444800 SID secret-of-a-session\n");
        WorkerSettings withCookies = withCookies(ytDlp, cookies);
        assertThatThrownBy(() -> extract(withCookies, Scenario.PRIVATE.id()))
                .hasMessageContaining("cookie file entry")
                .hasMessageNotContaining("secret-of-a-session");
    }

    /** yt-dlp rewrites its cookies file when it ends, so it gets a writable copy even of a read-only file. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void cookiesAreReadFromACopyOfEachJob(String ytDlp, @TempDir Path elsewhere) throws Exception {
        Path cookies = Files.writeString(
                elsewhere.resolve("cookies.txt"),
                "# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t4102444800\tPREF\thl=en\n");
        Files.setPosixFilePermissions(cookies, PosixFilePermissions.fromString("r--r--r--"));
        String before = Files.readString(cookies);
        assertThat(extract(withCookies(ytDlp, cookies), Scenario.ORDINARY.id())).exists();
        assertThat(Files.readString(cookies)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cookies.txt"))))
                .isEqualTo("rw-------");
    }

    private WorkerSettings withCookies(String ytDlp, Path cookies) {
        return RealTools.settings(
                ytDlp, "ffmpeg", YOUTUBE.standIn().proxy(), cookies, Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    static Stream<Arguments> picturesThatAreNoCover() throws IOException {
        byte[] large = new byte[100 << 20];
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}, 0, large, 0, 4);
        return Stream.of(
                Arguments.of("a page", Thumbnail.html()),
                Arguments.of("100 MB", Thumbnail.of("image/jpeg", large)),
                Arguments.of("a bomb", Thumbnail.of("image/png", bomb(30_000))),
                Arguments.of("nothing", Thumbnail.of("image/jpeg", new byte[0])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("picturesThatAreNoCover")
    void anInvalidPictureIsOmittedAndTheSoundIsWhole(String name, Thumbnail picture) throws Exception {
        Video video = YOUTUBE.standIn().video(Scenario.ORDINARY.id());
        YOUTUBE.standIn().add(video.toBuilder().thumbnail(picture).build());
        try {
            Path mp3 = extract(settings("yt-dlp"), Scenario.ORDINARY.id());

            assertThat(Double.parseDouble(probe(mp3, "format=duration"))).isCloseTo(30, within(0.2));
            assertThat(probe(mp3, "stream=codec_name", "-select_streams", "v")).isEmpty();
            assertThat(Files.size(mp3)).isLessThan(2 << 20);
        } finally {
            YOUTUBE.standIn().add(video);
        }
    }

    static Stream<Arguments> ytDlpsAndEndlessPictures() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> Stream.of(0L, 1024L).map(rate -> Arguments.of(ytDlp, rate)));
    }

    @ParameterizedTest
    @MethodSource("ytDlpsAndEndlessPictures")
    void anEndlessPictureIsOmittedAndTheSoundIsWhole(String ytDlp, long bytesPerSecond) throws Exception {
        Video video = YOUTUBE.standIn().video(Scenario.ORDINARY.id());
        YOUTUBE.standIn()
                .add(video.toBuilder()
                        .thumbnail(Thumbnail.endless(bytesPerSecond))
                        .build());
        try {
            Path mp3 = extract(settings(ytDlp), Scenario.ORDINARY.id());

            assertThat(Double.parseDouble(probe(mp3, "format=duration"))).isCloseTo(30, within(0.2));
            assertThat(probe(mp3, "stream=codec_name", "-select_streams", "v")).isEmpty();
            assertThat(YtDlp.picture(folder)).isEmpty();
            processes.awaitEnd();
        } finally {
            YOUTUBE.standIn().add(video);
        }
    }

    /** An old yt-dlp first writes the sound to the folder, at 100 MB/s and more. */
    @ParameterizedTest
    @MethodSource("ytDlps")
    void endlessSoundIsStopped(String ytDlp) throws Exception {
        Video video = YOUTUBE.standIn().video(Scenario.ORDINARY.id());
        YOUTUBE.standIn()
                .add(video.toBuilder().endless().duration(Duration.ofSeconds(5)).build());
        try {
            ExtractionException failure = catchThrowableOfType(
                    ExtractionException.class, () -> extract(settings(ytDlp), Scenario.ORDINARY.id()));

            assertThat(failure.diagnosis().kind()).as(failure.getMessage()).isEqualTo(FailureKind.CONVERSION);
            assertThat(failure).hasMessageContaining("the sound goes on after");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                        .isLessThan(200 << 20);
            }
            assertThat(folder.resolve("tagged.mp3")).doesNotExist();
            processes.awaitEnd();
        } finally {
            YOUTUBE.standIn().add(video);
        }
    }

    /** A grey square PNG of this width, compressed to a thousandth of a byte per pixel. */
    private static byte[] bomb(int side) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(rows)) {
            for (int i = 0; i < side; i++) {
                deflated.write(new byte[1 + side]);
            }
        }
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + rows.size() + 12).putLong(0x89504e470d0a1a0aL);
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 8).array());
        chunk(png, "IDAT", rows.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] content) {
        png.putInt(content.length);
        int start = png.position();
        png.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        CRC32 sum = new CRC32();
        sum.update(png.array(), start, png.position() - start);
        png.putInt((int) sum.getValue());
    }

    @Test
    void aMissingToolIsAMisconfiguration() {
        assertThatThrownBy(() -> extract(settings("no-such-yt-dlp"), Scenario.ORDINARY.id()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.MISCONFIGURED));
    }

    static Stream<Arguments> ytDlpsAndWrongArguments() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> Stream.of("mweb", "https://video.example/", "--no-such-option")
                        .map(arguments -> Arguments.of(ytDlp, arguments)));
    }

    /** The start of the worker refuses these, but yt-dlp may be updated meanwhile. */
    @ParameterizedTest
    @MethodSource("ytDlpsAndWrongArguments")
    void aWrongArgumentIsAMisconfiguration(String ytDlp, String arguments) {
        WorkerSettings wrong =
                RealTools.settings(ytDlp, arguments, null, YOUTUBE.standIn().proxy());

        assertThatThrownBy(() -> extract(wrong, Scenario.ORDINARY.id()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.MISCONFIGURED));
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aPluginFolderThatHasGoneIsAMisconfiguration(String ytDlp) throws Exception {
        Path plugins = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-plugins"));
        WorkerSettings settings =
                RealTools.settings(ytDlp, "", plugins, YOUTUBE.standIn().proxy());
        Files.delete(plugins);

        assertThatThrownBy(() -> extract(settings, Scenario.ORDINARY.id()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.MISCONFIGURED));
    }

    @Test
    void aBrokenEncoderIsAFailedConversion() throws Exception {
        WorkerSettings broken = RealTools.settings(
                "yt-dlp", "false", YOUTUBE.standIn().proxy(), null, Duration.ofMinutes(2), Duration.ofSeconds(30));
        assertThatThrownBy(() -> extract(broken, Scenario.ORDINARY.id()))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.CONVERSION));
    }

    private WorkerSettings impatient(String ytDlp, Duration timeout, Duration stallTimeout) {
        return RealTools.settings(ytDlp, "ffmpeg", YOUTUBE.standIn().proxy(), null, timeout, stallTimeout);
    }

    private static String probe(Path mp3, String entries, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error"));
        command.addAll(List.of(more));
        command.addAll(List.of("-show_entries", entries, "-of", "default=nw=1:nk=1", mp3.toString()));
        return RealTools.run(command.toArray(String[]::new));
    }

    private static final class Heard implements Listener {

        private final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
        private volatile Track track;

        @Override
        public void found(Track found) {
            track = found;
        }

        @Override
        public void progress(Progress told) {
            progress.add(told);
        }
    }
}
