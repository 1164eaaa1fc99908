package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import youtubemp3.standin.YouTubeStandInExtension;

/** The volume becomes unwritable during a job and later writable again. */
@Tag("long")
@Timeout(600)
class VolumeFaultTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static TestStack scene;
    private static Service web;
    private static Service worker;

    @BeforeAll
    static void start() throws Exception {
        scene = new TestStack(YOUTUBE.standIn());
        web = scene.startWeb();
        // root can write everywhere unless it drops the capability
        List<String> bound =
                isRoot() ? List.of("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override") : List.of();
        worker = scene.startWorker(bound, Map.of(), "--youtubemp3.worker.retry-delay=20ms");
        web.awaitStarted();
        worker.awaitStarted();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** A job that is stopped while it writes sound to its folder. */
    private record Started(String id, Breakpoint breakpoint) {

        static Started now() throws InterruptedException {
            Breakpoint converting = worker.breakAt(KillPoint.PROGRESS, Side.AFTER);
            String id = scene.enqueue(web, TestStack.SLOW);
            converting.await();
            return new Started(id, converting);
        }

        /** Resumes the attempt, which fails for lack of the volume, so that the job is retried. */
        void fails() {
            breakpoint.release();
            await("a failure")
                    .atMost(Duration.ofMinutes(3))
                    .until(() ->
                            scene.status(web, id).path("failure").path("kind").isString());
        }

        void finishes() throws Exception {
            JsonNode status = scene.keepsPromise(web, id, TestStack.SLOW);
            assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("FINISH");
        }
    }

    @Test
    void theJobFinishesAfterTheVolumeWasMissing() throws Exception {
        Started job = Started.now();
        Path elsewhere = scene.folder().resolve("elsewhere");
        Files.move(scene.volume(), elsewhere);
        // a file in its place, so that the folder cannot be created again
        Files.createFile(scene.volume());
        try {
            job.fails();
        } finally {
            Files.delete(scene.volume());
            Files.move(elsewhere, scene.volume());
        }
        job.finishes();
        scene.isClean(job.id());
        scene.cleanUp();
    }

    @Test
    void theJobFinishesAfterTheVolumeWasReadOnly() throws Exception {
        Started job = Started.now();
        List<Path> folders = TestStack.files(scene.volume(), Files::isDirectory);
        List<Path> all = new ArrayList<>(folders);
        all.add(scene.volume());
        setPermissions(all, "r-xr-xr-x");
        try {
            job.fails();
        } finally {
            setPermissions(all, "rwxr-xr-x");
        }
        job.finishes();
        scene.isClean(job.id());
        scene.cleanUp();
    }

    /** The operator reads once which folder it is, who owns it and as whom the worker runs, and once that it is over. */
    @ParameterizedTest
    @ValueSource(strings = {"", "work"})
    void aFolderThatCannotBeWrittenToIsNamedAndHasItsOwnCode(String name) throws Exception {
        Path folder = Files.createDirectories(scene.volume().resolve(name));
        int before = worker.log().length();
        setPermissions(List.of(folder), "r-xr-xr-x");
        try {
            awaitCode("STORAGE_NOT_WRITABLE");
        } finally {
            setPermissions(List.of(folder), "rwxr-xr-x");
        }
        awaitCode("VIDEO_DONT_EXISTS");

        String said = worker.log().substring(before);
        assertThat(said.lines().filter(line -> line.contains("This worker takes")))
                .satisfiesExactly(
                        begins -> assertThat(begins)
                                .contains("the folder " + folder + " cannot be written to")
                                .contains("belongs to " + owner(folder) + " with permissions r-xr-xr-x")
                                .contains("runs as " + owner(Path.of("/proc/self"))),
                        ends -> assertThat(ends).contains("This worker takes jobs again"));
        scene.cleanUp();
    }

    /** The code of a video that does not exist, so that no submission becomes a job. */
    private static void awaitCode(String code) {
        await(code)
                .atMost(Duration.ofMinutes(1))
                .until(() -> scene.submit(web, "missing0000").join().body().contains(code));
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    private static void setPermissions(List<Path> folders, String permissions) throws IOException {
        for (Path folder : folders) {
            if (Files.exists(folder)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    /** Limits the size of files to a few bytes, so that all writes of ffmpeg and the worker fail. */
    @Test
    void theJobFinishesAfterWritesHaveFailed() throws Exception {
        Breakpoint begun = worker.breakAt(KillPoint.BEGIN, Side.AFTER);
        String id = scene.enqueue(web, TestStack.SHORT);
        begun.await();
        limitFiles("10000:unlimited");
        try {
            new Started(id, begun).fails();
        } finally {
            limitFiles("unlimited:unlimited");
        }
        assertThat(scene.keepsPromise(web, id, TestStack.SHORT).path("status").asString())
                .isEqualTo("FINISH");
        scene.isClean();
    }

    private static void limitFiles(String limit) throws Exception {
        assertThat(new ProcessBuilder("prlimit", "--pid", "" + worker.pid(), "--fsize=" + limit)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Fills a separate disk, which only root can mount. */
    @Test
    void theJobFinishesAfterTheVolumeWasFull() throws Exception {
        Path disk = Files.createDirectories(scene.folder().resolve("disk"));
        Assumptions.assumeTrue(
                isRoot() && run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()) == 0,
                "mounting a small disk needs root; theJobFinishesAfterWritesHaveFailed fails writes here instead");
        worker.starve();
        Service onDisk = scene.startWorker(
                        "--youtubemp3.storage.folder=" + disk, "--youtubemp3.worker.retry-delay=20ms")
                .awaitStarted();
        try {
            Files.createDirectories(disk.resolve("work"));
            Breakpoint begun = onDisk.breakAt(KillPoint.BEGIN, Side.AFTER);
            String id = scene.enqueue(web, TestStack.SHORT);
            begun.await();
            Path filler = disk.resolve("filler");
            assertThat(run("dd", "if=/dev/zero", "of=" + filler, "bs=64k")).isNotZero();
            begun.release();
            await("a failure")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> scene.status(web, id)
                            .path("failure")
                            .path("kind")
                            .asString("")
                            .equals("DISK_FULL"));
            Files.delete(filler);
            await("its end")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> scene.status(web, id).path("status").asString().equals("FINISH"));
            assertThat(disk.resolve(id + ".mp3")).isRegularFile();
            scene.isClean();
        } finally {
            onDisk.close();
            scene.forget(onDisk);
            worker.feed();
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
