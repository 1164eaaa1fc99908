package youtubemp3.standin.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void returnsStandardOutputAndStandardError() throws IOException {
        assertThat(shell("echo output; echo error >&2").run()).isEqualTo("output\nerror\n");
    }

    @Test
    void readsItsInputFromAFile(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("input"), "from a file");

        assertThat(new Command(List.of("cat"), LIMIT).run(input)).isEqualTo("from a file");
    }

    @Test
    void isKilledAtItsTimeLimit() {
        assertThatThrownBy(() -> new Command(List.of("sleep", "60"), Duration.ofMillis(50)).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("took longer")
                .hasMessageContaining("sleep 60");
    }

    @Test
    void reportsItsExitStatusAndItsOutputIfItFails() {
        assertThatThrownBy(() -> shell("echo last words; exit 3").run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit 3")
                .hasMessageContaining("last words");
    }

    private static Command shell(String script) {
        return new Command(List.of("sh", "-c", script), LIMIT);
    }
}
