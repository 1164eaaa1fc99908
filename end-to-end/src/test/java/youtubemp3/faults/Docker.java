package youtubemp3.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code docker} command. */
final class Docker {

    private static final long LIMIT_SECONDS = 60;

    private Docker() {}

    /**
     * Runs a command of Docker.
     *
     * @return its output
     * @throws AssertionError with the output, unless the command succeeds within a minute
     */
    static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            // a file, which unlike a pipe need not be read while the command runs
            Path output = Files.createTempFile("docker", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean inTime = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            Files.delete(output);
            if (!inTime || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + text);
            }
            return text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs a Docker engine that answers the command `docker`", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
