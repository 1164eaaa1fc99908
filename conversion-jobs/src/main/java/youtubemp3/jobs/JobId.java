package youtubemp3.jobs;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads a job's id out of an address. */
public final class JobId {

    /** The one canonical form: {@link UUID#fromString} alone would also take {@code 1-1-1-1-1}. */
    private static final Pattern CANONICAL = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private JobId() {}

    /** The id that this text is, in upper or lower case; empty where it is none. */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
