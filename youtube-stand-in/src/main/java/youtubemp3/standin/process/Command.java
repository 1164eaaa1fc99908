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
 * Runs an external program, which has to succeed within a time limit.
 *
 * <p>Standard input and output are files rather than pipes: a pipe would need a thread of its own to feed or drain it.
 *
 * @param arguments the program and its arguments
 * @param limit the time after which the program is killed
 */
public record Command(List<String> arguments, Duration limit) {

    private static final int TAIL = 2_000;

    /** Runs the program with an empty standard input, and otherwise behaves like {@link #run(Path)}. */
    public String run() throws IOException {
        return execute(null);
    }

    /**
     * Runs the program with a file as its standard input, and waits for its end.
     *
     * @return the program's standard output and standard error
     * @throws IOException if the program does not start, exits with a status other than 0, or exceeds the limit; the message
     *     has the command and the end of its output
     */
    public String run(Path input) throws IOException {
        return execute(input);
    }

    private String execute(@Nullable Path input) throws IOException {
        Path output = Files.createTempFile("youtube-stand-in", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process process = builder.start();
            try {
                if (input == null) {
                    process.getOutputStream().close();
                }
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("took longer than " + limit.toSeconds() + " s", output);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted: " + commandLine());
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw failure("exit " + process.exitValue(), output);
            }
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private IOException failure(String what, Path output) throws IOException {
        String text = Files.readString(output);
        return new IOException(what + ": " + commandLine() + "\n" + text.substring(Math.max(0, text.length() - TAIL)));
    }

    private String commandLine() {
        return String.join(" ", arguments);
    }
}
