package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.StreamOperations;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.YouTubeStandInExtension;

/** The stream contains messages that this version does not write. */
@Tag("long")
@Timeout(600)
class MessageTest {

    private static final String STREAM = "{jobs}:stream";

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static TestStack scene;
    private static Service web;
    private static Service worker;
    private static Service other;

    @BeforeAll
    static void start() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        web = scene.startWeb();
        worker = scene.startWorker();
        other = scene.startWorker();
        web.awaitStarted();
        worker.awaitStarted();
        other.awaitStarted();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static StreamOperations<String, String, String> streams() {
        return scene.redis().template().opsForStream();
    }

    static List<Map<String, String>> malformed() {
        return List.of(
                Map.of("job", "no id", "video", TestStack.SHORT, "attempts", "0"),
                Map.of("job", UUID.randomUUID().toString(), "video", "../../../etc", "attempts", "0"),
                Map.of("job", UUID.randomUUID().toString(), "video", TestStack.SHORT, "version", "3"),
                Map.of("job", UUID.randomUUID().toString(), "video", TestStack.SHORT, "format", "ogg"),
                Map.of("nothing", "of ours"));
    }

    /** It becomes a dead letter at once, and the next job need not wait. */
    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedMessageBlocksNoOtherJob(Map<String, String> message) throws Exception {
        streams().add(StreamRecords.mapBacked(message).withStreamKey(STREAM));
        String id = scene.enqueue(web, TestStack.SHORT);
        assertThat(scene.keepsPromise(web, id, TestStack.SHORT).path("status").asString())
                .isEqualTo("FINISH");
        scene.isClean();
    }

    @Test
    void aMessageOfAnOlderVersionIsAJob() throws Exception {
        worker.starve();
        other.starve();
        String id = scene.enqueue(web, TestStack.SHORT);
        scene.redis().tell("XTRIM", STREAM, "MAXLEN", "0");
        streams()
                .add(StreamRecords.mapBacked(Map.of("job", id, "video", TestStack.SHORT))
                        .withStreamKey(STREAM));
        worker.feed();
        other.feed();
        JsonNode status = scene.keepsPromise(web, id, TestStack.SHORT);
        assertThat(status.path("status").asString()).isEqualTo("FINISH");
        assertThat(status.path("attempt").asInt()).isEqualTo(1);
        scene.isClean();
    }

    @Test
    void twoWorkersOnOneJobPublishOneFile() throws Exception {
        worker.starve();
        other.starve();
        String id = scene.enqueue(web, TestStack.SHORT);
        streams()
                .add(StreamRecords.mapBacked(Map.of("job", id, "video", TestStack.SHORT, "attempts", "0"))
                        .withStreamKey(STREAM));
        Breakpoint one = worker.breakAt(KillPoint.BEGIN, Side.AFTER);
        Breakpoint two = other.breakAt(KillPoint.BEGIN, Side.AFTER);
        worker.feed();
        one.await();
        other.feed();
        two.await();
        one.release();
        two.release();
        assertThat(scene.keepsPromise(web, id, TestStack.SHORT).path("status").asString())
                .isEqualTo("FINISH");
        scene.isClean();
        // after both attempts have ended
        assertThat(scene.keepsPromise(web, id, TestStack.SHORT).path("status").asString())
                .isEqualTo("FINISH");
    }

    @Test
    void aFinishedJobIsNotConvertedAgain() throws Exception {
        String id = scene.enqueue(web, TestStack.SHORT);
        scene.keepsPromise(web, id, TestStack.SHORT);
        Object file = Files.readAttributes(scene.volume().resolve(id + ".mp3"), "unix:ino,lastModifiedTime");
        streams()
                .add(StreamRecords.mapBacked(Map.of("job", id, "video", TestStack.SHORT, "attempts", "0"))
                        .withStreamKey(STREAM));
        await().atMost(Duration.ofSeconds(30)).until(() -> streams().size(STREAM) == 0);
        assertThat((Object) Files.readAttributes(scene.volume().resolve(id + ".mp3"), "unix:ino,lastModifiedTime"))
                .isEqualTo(file);
        scene.isClean();
    }
}
