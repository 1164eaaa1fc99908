package youtubemp3.web.video;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.VideoId;

/**
 * Reads the video id out of what a person pasted. Only the id leaves this class, so nothing else of the text can reach a
 * request, a command line or a log.
 *
 * <p>The host must be one of YouTube's, letter by letter. A text with a user, a port or a backslash in front of its path
 * has another host, and is no link.
 */
public final class VideoLink {

    /** Links with every parameter that YouTube knows are far shorter. */
    private static final int LONGEST = 2000;

    private static final Set<String> HOSTS = Set.of(
            "youtube.com",
            "www.youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "youtube-nocookie.com",
            "www.youtube-nocookie.com");

    private static final Set<String> SHORT_HOSTS = Set.of("youtu.be", "www.youtu.be");

    /** Pages that have the id as their parameter {@code v}; the start page has no name. */
    private static final Set<String> WITH_PARAMETER = Set.of("", "watch", "playlist");

    /** Pages that have the id behind their name. */
    private static final Set<String> WITH_PATH = Set.of("watch", "shorts", "live", "embed", "v", "e");

    /** Eleven characters behind {@code /embed/} that name a player without a video. */
    private static final Set<String> PLAYERS = Set.of("videoseries", "live_stream");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:https?:)?//)?([A-Za-z.-]+)(/[^?#]*)?(?:\\?([^#]*))?(?:#.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENCODED = Pattern.compile("https?%3A%2F%2F.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern AMPERSAND = Pattern.compile("&(?:amp;)+");

    /** What stands behind an id where somebody joined the next parameter with the wrong character. */
    private static final Pattern BEHIND_ID = Pattern.compile("[?&/].*");

    private VideoLink() {}

    /** The video that this text is a link to or the id of; empty where it is neither. */
    public static Optional<VideoId> parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        String link = strip(text);
        return VideoId.parse(link).or(() -> parseAddress(link));
    }

    private static Optional<VideoId> parseAddress(String link) {
        String decoded = ENCODED.matcher(link).matches() ? decode(link) : link;
        Matcher address = ADDRESS.matcher(AMPERSAND.matcher(decoded).replaceAll("&"));
        if (!address.matches()) {
            return Optional.empty();
        }
        List<String> path = segments(address.group(2));
        String page = path.isEmpty() ? "" : path.get(0);
        String host = address.group(1).toLowerCase(Locale.ROOT);
        if (SHORT_HOSTS.contains(host)) {
            return path.size() == 1 ? id(page) : Optional.empty();
        }
        if (!HOSTS.contains(host)) {
            return Optional.empty();
        }
        String parameter = WITH_PARAMETER.contains(page) ? parameter(address.group(3), "v") : null;
        if (parameter != null) {
            return id(parameter);
        }
        return path.size() == 2 && WITH_PATH.contains(page) ? id(path.get(1)) : Optional.empty();
    }

    private static Optional<VideoId> id(String text) {
        return VideoId.parse(BEHIND_ID.matcher(text).replaceFirst("")).filter(id -> !PLAYERS.contains(id.value()));
    }

    /** Without empty ones, so that doubled and trailing slashes do not count. */
    private static List<String> segments(@Nullable String path) {
        return path == null
                ? List.of()
                : Arrays.stream(path.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .map(VideoLink::decode)
                        .toList();
    }

    /** The first of that name, as YouTube takes it. */
    private static @Nullable String parameter(@Nullable String query, String name) {
        return query == null
                ? null
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair.length == 2 && decode(pair[0]).equals(name))
                        .map(pair -> decode(pair[1]))
                        .findFirst()
                        .orElse(null);
    }

    /** As it is where it is not well encoded: then it is not an id either. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Blanks of every kind, and the marks without width that come along when a text is copied from a page. */
    private static String strip(String text) {
        int[] characters = text.codePoints().toArray();
        int from = 0;
        int to = characters.length;
        while (from < to && isBlank(characters[from])) {
            from++;
        }
        while (to > from && isBlank(characters[to - 1])) {
            to--;
        }
        return new String(characters, from, to - from);
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
