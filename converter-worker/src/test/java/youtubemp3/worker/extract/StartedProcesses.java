package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.stream.Collectors;

/** The descendants of this JVM that did not exist before. Those belong to other test classes, such as a Redis that they share. */
final class StartedProcesses {

    private final Set<ProcessHandle> before = descendants();

    /** Waits until all have ended and been reaped. */
    void awaitEnd() {
        await().untilAsserted(() -> assertThat(before).containsAll(descendants()));
    }

    private static Set<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }
}
