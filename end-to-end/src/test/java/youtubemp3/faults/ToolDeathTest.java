package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.YouTubeStandInExtension;

/** One of the two tools is killed during its work. */
@Tag("long")
@Timeout(600)
class ToolDeathTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static TestStack scene;
    private static Service web;
    private static Service worker;

    @BeforeAll
    static void start() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        web = scene.startWeb();
        worker = scene.startWorker();
        web.awaitStarted();
        worker.awaitStarted();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({"yt-dlp, KILL", "yt-dlp, TERM", "ffmpeg, KILL", "ffmpeg, TERM"})
    void theNextAttemptFinishes(String tool, String signal) throws Exception {
        // an old yt-dlp writes the sound only after the whole download, and would end right afterwards
        Breakpoint fetching = worker.breakAt(KillPoint.FOUND, Side.AFTER);
        String id = scene.enqueue(web, TestStack.SLOW);
        fetching.await();
        Service.signal(scene.tool(tool), signal);
        fetching.release();
        JsonNode status = scene.keepsPromise(web, id, TestStack.SLOW);
        assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("FINISH");
        assertThat(status.path("attempt").asInt()).isEqualTo(2);
        scene.isClean();
    }
}
