package youtubemp3.jobs;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a file in an album. A playlist is one, too.
 *
 * @param album the album's title, not empty
 * @param number the number of the track, from 1
 */
public record AlbumTrack(String album, int number) {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    static Optional<Integer> parseNumber(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
