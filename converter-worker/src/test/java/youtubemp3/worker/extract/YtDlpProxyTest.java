package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.worker.failure.FailureKind;

/** Old and new yt-dlp behind proxies of each kind that the stand-in can be, and behind broken ones. */
@Timeout(120)
class YtDlpProxyTest {

    @RegisterExtension
    static final YouTubeStandInExtension OPEN = new YouTubeStandInExtension();

    private static YouTubeStandIn closed;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        closed = YouTubeStandIn.builder()
                .folder(OPEN.standIn().certificate().getParent())
                .videos(List.of(OPEN.standIn().video(Scenario.ORDINARY.id())))
                .credentials("us:er", "p@ss")
                .start();
    }

    @AfterAll
    static void stop() {
        closed.close();
    }

    static Stream<Arguments> ytDlpsAndProxies() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> Stream.of(
                                "http://us%3Aer:p%40ss@closed", "socks5://open", "socks5h://us%3Aer:p%40ss@closed")
                        .map(proxy -> Arguments.of(ytDlp, proxy)));
    }

    @ParameterizedTest
    @MethodSource("ytDlpsAndProxies")
    void fetchesThroughTheProxy(String ytDlp, String proxy) throws Exception {
        assertThat(extract(ytDlp, proxy)).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("youtubemp3.worker.extract.RealTools#ytDlps")
    void aWrongPasswordIsAMisconfigurationAndNotInTheMessage(String ytDlp) {
        assertThatThrownBy(() -> extract(ytDlp, "http://user:secret@closed"))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).isEqualTo(FailureKind.MISCONFIGURED))
                .hasMessageContaining("407")
                .hasMessageNotContaining("secret");
    }

    /** What is between yt-dlp and YouTube closes the connection at once, or after it has accepted the tunnel. */
    @ParameterizedTest
    @MethodSource("ytDlpsAndFaults")
    void aConnectionThatBreaksIsAFaultOfTheNetwork(String ytDlp, String response, boolean reset) throws Exception {
        try (BrokenProxy proxy = new BrokenProxy(response, reset)) {
            assertThatThrownBy(() -> extract(ytDlp, proxy.address().toString()))
                    .isInstanceOfSatisfying(ExtractionException.class, YtDlpProxyTest::isAFaultOfTheNetwork);
        }
    }

    static Stream<Arguments> ytDlpsAndFaults() {
        String accepted = "HTTP/1.1 200 Connection established\r\n\r\n";
        String refused = "HTTP/1.1 502 Bad Gateway\r\n\r\n";
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> Stream.of(
                        Arguments.of(ytDlp, "", false),
                        Arguments.of(ytDlp, "", true),
                        Arguments.of(ytDlp, accepted, false),
                        Arguments.of(ytDlp, accepted, true),
                        Arguments.of(ytDlp, refused, false)));
    }

    @Test
    void aHostWithoutAnAddressIsAFaultOfTheNetwork() {
        assertThatThrownBy(() -> extract("yt-dlp", "http://no-such-host.invalid:8080"))
                .isInstanceOfSatisfying(ExtractionException.class, YtDlpProxyTest::isAFaultOfTheNetwork);
    }

    private static void isAFaultOfTheNetwork(ExtractionException failure) {
        assertThat(failure.diagnosis().kind()).as(failure.getMessage()).isEqualTo(FailureKind.NETWORK);
    }

    private Path extract(String ytDlp, String proxy) throws Exception {
        String address = proxy.replaceFirst(
                        "open$", "127.0.0.1:" + OPEN.standIn().proxy().getPort())
                .replaceFirst("closed$", "127.0.0.1:" + closed.proxy().getPort());
        return RealTools.extractor(RealTools.settings(ytDlp, URI.create(address)))
                .extract(new VideoId(Scenario.ORDINARY.id()), OutputOptions.DEFAULT, folder, new Silent())
                .file();
    }

    private static final class Silent implements AudioExtractor.Listener {

        @Override
        public void found(Track track) {}

        @Override
        public void progress(Progress progress) {}
    }
}
