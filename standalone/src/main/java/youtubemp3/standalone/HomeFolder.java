package youtubemp3.standalone;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the folder with all data. It contains password-protected files, client addresses and programs that are run, so only the
 * user that runs this program may own or enter it.
 */
final class HomeFolder {

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private HomeFolder() {}

    /**
     * Creates the folder with access for its owner only, or restricts an existing one.
     *
     * @throws CannotStartException when it belongs to another user, or other users can enter it and it cannot be restricted
     */
    static void makePrivate(Path home) throws IOException {
        if (!hasPermissions(home)) {
            Files.createDirectories(home);
            return;
        }
        makePrivate(home, new UnixSystem().getUid());
    }

    /** @param user the user id that this program runs as */
    static void makePrivate(Path home, long user) throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        }
        // checked even for root: the owner could revert the permissions
        int owner = (int) Files.getAttribute(home, "unix:uid");
        if (owner != user) {
            throw new CannotStartException("The folder " + home + " belongs to another user of this machine (uid "
                    + owner + "). Run youtube-mp3 as that user, or choose another folder with YOUTUBE_MP3_HOME.");
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

    /**
     * Creates a folder inside home with access for its owner only, or restricts an existing one: a process that entered it while it
     * was accessible would still be in it.
     */
    static Path inside(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (hasPermissions(folder)) {
            Files.setPosixFilePermissions(folder, OWNER_ALONE);
        }
        return folder;
    }

    private static boolean hasPermissions(Path folder) {
        return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
    }

    /** Whether the folder is empty or has the lock of an earlier start, so that a folder such as /tmp is left unchanged. */
    private static boolean isOurs(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.findAny().isEmpty()
                    || Files.exists(home.resolve("lock"))
                    || Files.exists(home.resolve("demo").resolve("lock"));
        }
    }
}
