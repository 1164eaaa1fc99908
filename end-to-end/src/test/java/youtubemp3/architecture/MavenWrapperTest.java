package youtubemp3.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** ./mvnw verifies its downloads with the checksums in this repository. */
@Timeout(60)
class MavenWrapperTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    private Path properties;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(ROOT.resolve("mvnw"), folder.resolve("mvnw"));
        FileSystemUtils.copyRecursively(ROOT.resolve(".mvn"), folder.resolve(".mvn"));
        properties = folder.resolve(".mvn/wrapper/maven-wrapper.properties");
    }

    @Test
    void aModifiedWrapperIsNotRun() throws Exception {
        Files.writeString(folder.resolve(".mvn/wrapper/maven-wrapper.jar"), "another one");
        assertThat(mvnw()).contains("Failed to validate Maven wrapper SHA-256");
    }

    @Test
    void aModifiedMavenIsNotRun() throws Exception {
        Path archive = folder.resolve("apache-maven-3.9.16-bin.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("apache-maven-3.9.16/bin/mvn"));
        }
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replaceFirst("(?m)^distributionUrl=.*$", "distributionUrl=" + archive.toUri()));
        assertThat(mvnw()).contains("Failed to validate Maven distribution SHA-256");
    }

    /** The output of ./mvnw, which must fail. */
    private String mvnw() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "./mvnw", "--version")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
        // variables of the Maven that runs this test
        builder.environment().remove("MAVEN_PROJECTBASEDIR");
        builder.environment().remove("MAVEN_CONFIG");
        File said = folder.resolve("said").toFile();
        Process process = builder.redirectOutput(said).start();
        assertThat(process.waitFor()).isNotZero();
        return Files.readString(said.toPath());
    }
}
