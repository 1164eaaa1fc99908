package youtubemp3.worker.library;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.Assert;
import youtubemp3.jobs.storage.SafeFileName;

/**
 * Names a file by its tags: folders and the file, separated by slashes, with placeholders such as {@code %title%}. A folder whose tags
 * are all unknown is left out, so that a song without an album is directly in the folder of its artist.
 */
final class NamePattern {

    private static final Set<String> TAGS = Set.of("artist", "album", "track", "title", "year", "video");

    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\w*)%");

    private final String text;

    private NamePattern(String text) {
        this.text = text;
    }

    /**
     * Reads a pattern such as {@code %artist%/%album%/%track% %title%}.
     *
     * @throws IllegalArgumentException for an unknown placeholder, or a pattern that would give all files one name
     */
    public static NamePattern valueOf(String text) {
        PLACEHOLDER
                .matcher(text)
                .results()
                .map(placeholder -> placeholder.group(1))
                .forEach(tag -> Assert.isTrue(
                        TAGS.contains(tag), () -> "%" + tag + "% is none of the tags that name a file: " + TAGS));
        String file = text.substring(text.lastIndexOf('/') + 1);
        Assert.isTrue(
                file.contains("%title%") || file.contains("%video%"),
                () -> "the name of a file must contain %title% or %video%, but is " + file);
        return new NamePattern(text);
    }

    /**
     * The path of a file in the library, without its extension. Each part of it is a name that every file system accepts.
     *
     * @param tags the values of the tags, which are empty if unknown
     */
    String path(Map<String, String> tags) {
        String path = Arrays.stream(text.split("/"))
                .map(part -> SafeFileName.of(filled(part, tags)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
        return path.isEmpty() ? "_" : path;
    }

    private static String filled(String part, Map<String, String> tags) {
        return PLACEHOLDER
                .matcher(part)
                .replaceAll((MatchResult placeholder) ->
                        Matcher.quoteReplacement(tags.getOrDefault(placeholder.group(1), "")));
    }
}
