package youtubemp3.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses real processes, identified by the duration of their sleep. */
@Timeout(60)
class ProcessTreeTest {

    private final String sleep = "sleep 1000." + ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000);

    private List<ProcessHandle> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").matches("\\S*" + sleep.replace(".", "\\.")))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a child; a pipeline; an orphan; a child in a session of its own
                "SLEEP",
                "SLEEP | SLEEP",
                "(SLEEP & (SLEEP &) ; SLEEP)",
                "setsid SLEEP & setsid sh -c 'SLEEP & exec setsid SLEEP' & wait",
                "trap '' TERM HUP INT; SLEEP; SLEEP"
            })
    void killsAllDescendantsOfAChild(String script) throws Exception {
        int sleeping = script.split("SLEEP", -1).length - 1;
        int atOnce = script.contains("trap") ? 1 : sleeping;
        try (ProcessTree tree = new ProcessTree()) {
            tree.start(new ProcessBuilder("sh", "-c", script.replace("SLEEP", sleep)));
            await().until(() -> sleepers().size() == atOnce);
        }
        await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
    }

    @Test
    void killsTheDescendantsOfAChildThatHasExited() throws Exception {
        try (ProcessTree tree = new ProcessTree()) {
            Process child = tree.start(new ProcessBuilder("sh", "-c", "(setsid " + sleep + " &) ; exit 0"))
                    .get(0);
            assertThat(child.waitFor()).isZero();
            await().until(() -> sleepers().size() == 1);
        }
        await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
    }

    @Test
    void leavesOtherTreesRunning() throws Exception {
        try (ProcessTree other = new ProcessTree()) {
            other.start(new ProcessBuilder("sh", "-c", "exec " + sleep));
            await().until(() -> sleepers().size() == 1);
            try (ProcessTree tree = new ProcessTree()) {
                tree.start(new ProcessBuilder("true"));
            }
            assertThat(sleepers()).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
    }

    /** A killed worker cannot close the tree. */
    @Test
    void noChildSurvivesTheDeathOfTheWorker() throws Exception {
        Process worker = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        sleep)
                .inheritIO()
                .start();
        try {
            await().until(() -> sleepers().size() == 2);
        } finally {
            worker.destroyForcibly();
        }
        await().untilAsserted(() -> assertThat(sleepers()).isEmpty());
    }

    /** A process with a tree that it never closes. */
    static final class Worker {

        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            new ProcessTree()
                    .start(new ProcessBuilder("sh", "-c", "(setsid SLEEP &); SLEEP".replace("SLEEP", arguments[0])))
                    .get(0)
                    .waitFor();
        }
    }
}
