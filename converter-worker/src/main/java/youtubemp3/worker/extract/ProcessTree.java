package youtubemp3.worker.extract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Child processes with all that they started themselves. Closing it ends what is left of them.
 *
 * <p>Ending yt-dlp alone would leave its own children behind. Where {@code setsid} is there (every Linux), each child leads
 * a process group of its own, and the whole group is ended: that reaches children whose parent has already gone, and keeps
 * a ctrl-C at the terminal from the tools, so that the worker decides about them. Elsewhere the living descendants are
 * ended.
 */
final class ProcessTree implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);
    private static final boolean SETSID = Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));

    private final List<Process> processes;

    ProcessTree(List<Process> processes) {
        this.processes = processes;
    }

    /** What to put before a command, so that its process leads a group of its own. */
    static List<String> leader() {
        return SETSID ? List.of("setsid") : List.of();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        if (SETSID) {
            // the number of one that has ended may be another's by now
            processes.stream().filter(Process::isAlive).forEach(ProcessTree::killGroup);
        }
        all.forEach(ProcessHandle::destroyForcibly);
        for (Process process : processes) {
            try {
                process.getErrorStream().close();
            } catch (IOException e) {
                // it was closed already, which is what was wanted
                log.trace("closing", e);
            }
        }
    }

    private static void killGroup(Process leader) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -KILL -- -" + leader.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        } catch (IOException | RuntimeException e) {
            log.warn("Cannot end the process group {}", leader.pid(), e);
        }
    }
}
