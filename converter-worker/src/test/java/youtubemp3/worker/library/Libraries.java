package youtubemp3.worker.library;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Libraries for tests of other packages. */
public final class Libraries {

    private Libraries() {}

    /** A library in this folder, or none. */
    public static Library in(@Nullable Path folder) {
        NamePattern pattern = NamePattern.valueOf("%artist%/%album%/%track% %title%");
        return new Library(new LibrarySettings(folder, pattern, Duration.ofSeconds(10)));
    }
}
