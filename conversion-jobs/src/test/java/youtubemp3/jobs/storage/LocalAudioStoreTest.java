package youtubemp3.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import youtubemp3.jobs.storage.StorageProblem.Reason;

class LocalAudioStoreTest {

    @TempDir
    private Path folder;

    @Test
    void aFileCanBeStoredWhileThereIsRoom() {
        assertThat(problem(folder, 1)).isNull();
        assertThat(problem(folder, Long.MAX_VALUE).reason()).isEqualTo(Reason.FULL);
        assertThat(problem(folder, Long.MAX_VALUE).description()).contains("the disk is full", folder.toString());
    }

    @Test
    void noFileCanBeStoredInAMissingFolder() {
        Path missing = folder.resolve("missing");

        assertThat(problem(missing, 1))
                .isEqualTo(new StorageProblem(Reason.NOT_WRITABLE, "the folder " + missing + " does not exist"));
    }

    private static StorageProblem problem(Path folder, long bytes) {
        return new LocalAudioStore(new StorageSettings(folder)).problem(bytes).orElse(null);
    }
}
