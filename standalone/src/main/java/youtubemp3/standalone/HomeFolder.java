package youtubemp3.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder with all data. It holds files behind a password, keys and addresses of clients, so no other user of the machine
 * may enter it. What is in it needs no care of its own then.
 */
final class HomeFolder {

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private HomeFolder() {}

    /**
     * Creates the folder for its owner alone, or makes one so that is already there.
     *
     * @throws CannotStartException when other users can enter it and this program must not change that
     */
    static void makePrivate(Path home) throws IOException {
        if (Files.getFileAttributeView(home, PosixFileAttributeView.class) == null) {
            Files.createDirectories(home);
            return;
        }
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        }
        if (OWNER_ALONE.containsAll(Files.getPosixFilePermissions(home))) {
            return;
        }
        if (!isOurs(home)) {
            throw new CannotStartException("Other users of this machine can enter the folder " + home
                    + ", and it has other things in it. Choose a folder for youtube-mp3 alone with YOUTUBE_MP3_HOME,"
                    + " or close this one with: chmod 700 " + home);
        }
        try {
            Files.setPosixFilePermissions(home, OWNER_ALONE);
        } catch (IOException e) {
            throw new CannotStartException("Other users of this machine can enter the folder " + home
                    + ", and it cannot be closed to them (" + e + "). Choose another one with YOUTUBE_MP3_HOME.");
        }
    }

    /** Empty, or with the lock of an earlier start in it: a folder such as /tmp is left as it is. */
    private static boolean isOurs(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.findAny().isEmpty()
                    || Files.exists(home.resolve("lock"))
                    || Files.exists(home.resolve("demo").resolve("lock"));
        }
    }
}
