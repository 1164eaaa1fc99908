package youtubemp3.standin.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An external program that is to end well within a limit.
 *
 * <p>Input and output are files and not pipes, so that nobody has to feed or drain it while its limit runs.
 */
public record Command(List<String> arguments, Duration limit) {

    private static final int TAIL = 2_000;

    /** Runs it without input; see {@link #run(Path)}. */
    public String run() throws IOException {
        return execute(null);
    }

    /**
     * Runs it with a file as standard input.
     *
     * @return what it said on standard output and standard error
     * @throws IOException with the command and the tail of what it said, if it does not start, fails, or takes too long
     */
    public String run(Path input) throws IOException {
        return execute(input);
    }

    private String execute(@Nullable Path input) throws IOException {
        Path said = Files.createTempFile("youtube-stand-in", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(said.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process process = builder.start();
            try {
                if (input == null) {
                    process.getOutputStream().close();
                }
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("took longer than " + limit.toSeconds() + " s", said);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted: " + commandLine());
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw failure("exit " + process.exitValue(), said);
            }
            return Files.readString(said);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private IOException failure(String what, Path said) throws IOException {
        String all = Files.readString(said);
        return new IOException(what + ": " + commandLine() + "\n" + all.substring(Math.max(0, all.length() - TAIL)));
    }

    private String commandLine() {
        return String.join(" ", arguments);
    }
}
