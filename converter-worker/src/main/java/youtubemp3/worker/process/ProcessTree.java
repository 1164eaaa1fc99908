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
 * Child processes and all their descendants. They are killed when this is closed, and also when the worker itself ends, even by
 * SIGKILL.
 *
 * <p>Each child has a unique mark in its environment. Its descendants inherit the mark, including orphans and those in a process
 * group or session of their own. A separate shell, the keeper, waits for end of file on its standard input, which comes when this
 * is closed or the worker ends, and then kills every process with the mark. This needs Linux's {@code /proc}; on other systems,
 * closing kills the descendants that are still attached.
 */
public final class ProcessTree implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

    private static final String MARK = "YOUTUBEMP3_ATTEMPT";

    /** Repeats the search, since a process may fork before it is killed. */
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

    /** Runs each child in a session of its own, so that Ctrl-C at the terminal reaches only the worker. */
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

    /** Starts the commands as a pipeline. */
    public List<Process> start(ProcessBuilder... commands) throws IOException {
        for (ProcessBuilder command : commands) {
            command.command().addAll(0, LEADER);
            command.environment().put(MARK, mark.substring(MARK.length() + 1));
        }
        processes.addAll(ProcessBuilder.startPipeline(List.of(commands)));
        return processes;
    }

    /** Whether the exit code is a shell's for a command that is not executable (126) or not found (127). */
    public static boolean cannotRun(int exit) {
        return exit == 126 || exit == 127;
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
            log.warn("The descendants of the tools could not be killed", e);
            keeper.destroyForcibly();
        }
    }

    private static void closeErrors(Process process) {
        try {
            process.getErrorStream().close();
        } catch (IOException e) {
            // already closed
            log.trace("closing", e);
        }
    }
}
