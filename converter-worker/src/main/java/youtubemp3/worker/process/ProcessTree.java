package youtubemp3.worker.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Child processes with all that they started themselves. Closing it ends what is left of them, and so does the end of this
 * worker, be it by SIGKILL.
 *
 * <p>Each child carries a mark in its environment, which its own children inherit, also those whose parent has gone and
 * those in a group or session of their own. Beside them runs a keeper: a shell that waits for the end of its input, which
 * comes when this closes or when this process is no more, and then ends whatever carries the mark. That needs Linux'
 * {@code /proc}; elsewhere the living descendants are ended.
 */
public final class ProcessTree implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

    private static final String MARK = "YOUTUBEMP3_ATTEMPT";

    /** Again and again, since what is being ended may just have started another. */
    private static final String KEEPER = """
            read -r _
            for round in 1 2 3 4 5 6 7 8 9 10; do
              marked=
              for environment in $(grep -lsz "^$1\\$" /proc/[0-9]*/environ); do
                marked=${environment#/proc/}
                kill -KILL "${marked%/environ}" 2>/dev/null
              done
              [ -n "$marked" ] || exit 0
            done
            """;

    private static final long KEEPER_SECONDS = 10;

    private static final boolean PROC = Files.isReadable(Path.of("/proc/self/environ"));

    /** In a session of its own, a ctrl-C at the terminal is not for a child: the worker decides what becomes of it. */
    private static final List<String> LEADER =
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")))
                    ? List.of("setsid")
                    : List.of();

    private final String mark = MARK + "=" + UUID.randomUUID();
    private final @Nullable Process keeper;
    private final List<Process> processes = new ArrayList<>();

    public ProcessTree() throws IOException {
        keeper = PROC ? startKeeper() : null;
    }

    private Process startKeeper() throws IOException {
        List<String> command = new ArrayList<>(LEADER);
        command.addAll(List.of("sh", "-c", KEEPER, "keeper", mark));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts the commands, each one's output the next one's input. */
    public List<Process> start(ProcessBuilder... commands) throws IOException {
        for (ProcessBuilder command : commands) {
            command.command().addAll(0, LEADER);
            command.environment().put(MARK, mark.substring(MARK.length() + 1));
        }
        processes.addAll(ProcessBuilder.startPipeline(List.of(commands)));
        return processes;
    }

    @Override
    public void close() {
        List<ProcessHandle> known = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        if (keeper != null) {
            await(keeper);
        }
        known.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(ProcessTree::closeErrors);
    }

    private static void await(Process keeper) {
        try {
            keeper.getOutputStream().close();
            keeper.onExit().orTimeout(KEEPER_SECONDS, TimeUnit.SECONDS).join();
        } catch (IOException | RuntimeException e) {
            log.warn("What the tools may have started could not be ended", e);
            keeper.destroyForcibly();
        }
    }

    private static void closeErrors(Process process) {
        try {
            process.getErrorStream().close();
        } catch (IOException e) {
            // it was closed already, which is what was wanted
            log.trace("closing", e);
        }
    }
}
