package youtubemp3.standin.video;

/**
 * Describes the point in a media file at which the stand-in closes the connection.
 *
 * @param afterBytes the offset from the start of the file, in bytes; {@link Long#MAX_VALUE} for a file that is sent whole
 * @param onEachResume whether a request that resumes at this point is cut off as well, rather than refused
 */
public record Truncation(long afterBytes, boolean onEachResume) {

    static final Truncation NONE = new Truncation(Long.MAX_VALUE, false);

    /** Returns whether a request that starts at this byte of the file is refused. */
    public boolean refuses(long firstByte) {
        return firstByte >= afterBytes && !onEachResume;
    }
}
