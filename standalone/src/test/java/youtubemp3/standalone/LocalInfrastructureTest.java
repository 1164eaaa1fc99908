package youtubemp3.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalInfrastructureTest {

    @TempDir
    private Path home;

    private Map<String, String> environment(String... more) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("YOUTUBE_MP3_HOME", home.toString());
        try (ServerSocket socket = new ServerSocket(0)) {
            environment.put("PORT", String.valueOf(socket.getLocalPort()));
        }
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void reportsATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> LocalInfrastructure.prepare(false, environment("PORT", port)))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("Port " + port + " is taken")
                    .hasMessageContaining("./start");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "0", "65536", "80 80"})
    void reportsAnInvalidPort(String port) {
        assertThatThrownBy(() -> LocalInfrastructure.prepare(false, environment("PORT", port)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(port);
    }

    @Test
    void rejectsASecondProcessInTheSameFolder() throws IOException {
        try (LocalInfrastructure first = LocalInfrastructure.prepare(false, environment())) {
            assertThat(first.properties()).containsKeys("spring.data.redis.port", "youtubemp3.storage.folder");
            assertThatThrownBy(() -> LocalInfrastructure.prepare(false, environment()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("Another youtube-mp3 uses the folder");
        }
        LocalInfrastructure.prepare(false, environment()).close();
    }

    @Test
    void otherUsersCannotEnterTheFolder() throws IOException {
        for (String mode : List.of("rwxr-xr-x", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(mode));
            LocalInfrastructure.prepare(false, environment()).close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        }
        Path fresh = home.resolve("new").resolve("home");
        LocalInfrastructure.prepare(false, environment("YOUTUBE_MP3_HOME", fresh.toString()))
                .close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    /** A process that entered a subfolder while it was accessible stays in it, even if home is restricted later. */
    @Test
    void otherUsersCannotStayInASubfolder() throws IOException {
        LocalInfrastructure.prepare(false, environment()).close();
        List<Path> inside = List.of(home.resolve("music"), home.resolve("redis"));
        for (Path folder : inside) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        LocalInfrastructure.prepare(false, environment()).close();
        assertThat(inside)
                .allSatisfy(folder -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------"));
    }

    @Test
    void rejectsAFolderOfAnotherUser() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        int owner = (int) Files.getAttribute(home, "unix:uid");
        HomeFolder.makePrivate(home, owner);
        assertThatThrownBy(() -> HomeFolder.makePrivate(home, owner + 1L))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(home + " belongs to another user")
                .hasMessageContaining("YOUTUBE_MP3_HOME");
    }

    @Test
    void rejectsASharedFolderWithOtherFiles() throws IOException {
        Files.writeString(home.resolve("another program's"), "");
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(home, open);

        assertThatThrownBy(() -> LocalInfrastructure.prepare(false, environment()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("chmod 700 " + home);
        assertThat(Files.getPosixFilePermissions(home)).isEqualTo(open);
    }

    @Test
    void cleanupRunsAtStartup() throws IOException {
        Path old = Files.writeString(
                Files.createDirectories(home.resolve("music")).resolve("0b8fdd4e-6f9f-4a52-be7d-6e344fb6aec6.mp3"),
                "old");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(9 * 3600)));
        try (LocalInfrastructure surroundings = LocalInfrastructure.prepare(false, environment())) {
            await().untilAsserted(() -> assertThat(old).doesNotExist());
        }
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("cleanup.sh");
        }
    }
}
