package youtubemp3.docs;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A parsed page of the docs. */
record Page(String path, String text, String prose) {

    static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static Page read(String path) {
        String text = DocsTest.PROJECT.read(path);
        return new Page(path, text, FENCE.matcher(text).replaceAll(""));
    }

    Stream<String> matches(Pattern pattern) {
        return DocsTest.results(pattern, prose).map(match -> match.group(1).replaceAll("\\s+", " "));
    }

    Stream<String> spans() {
        return matches(SPAN);
    }

    List<String> problems(Pattern pattern, Function<String, Optional<String>> check) {
        return matches(pattern)
                .distinct()
                .flatMap(name -> check.apply(name).map(problem -> name + ": " + problem).stream())
                .toList();
    }

    Stream<String> fences(String language) {
        return DocsTest.results(FENCE, text)
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2));
    }

    Stream<String> commands() {
        return fences("sh").flatMap(String::lines).map(line -> line.replaceFirst("(^|\\s)# .*", ""));
    }

    /** The anchors that GitHub generates for headings. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return DocsTest.results(HEADING, prose)
                .map(heading -> heading.group(1)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(toSet());
    }

    /** The text from a heading to the next one. */
    Page section(String heading) {
        Matcher section = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)")
                .matcher(prose);
        if (!section.find()) {
            throw new AssertionError(path + " has no heading " + heading);
        }
        return new Page(path, section.group(1), section.group(1));
    }

    /** The cells of the first table row that begins with this name. */
    List<String> row(String name) {
        return prose.lines()
                .filter(line -> line.startsWith("| `" + name + "` |"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " explains no " + name));
    }

    @Override
    public String toString() {
        return path;
    }
}
