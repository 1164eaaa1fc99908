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
 * Parses the video id from pasted text. Only the id leaves this class, so no other part of the text can reach a request, a
 * command line or a log.
 *
 * <p>The host must equal one of YouTube's. A text with a user, a port or a backslash before its path has another host, and is
 * rejected.
 */
public final class VideoLink {

    /** Far above the length of a link with all of YouTube's parameters. */
    private static final int MAX_LENGTH = 2000;

    private static final Set<String> HOSTS = Set.of(
            "youtube.com",
            "www.youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "youtube-nocookie.com",
            "www.youtube-nocookie.com");

    private static final Set<String> SHORT_HOSTS = Set.of("youtu.be", "www.youtu.be");

    /** Pages with the id in the parameter {@code v}; the start page has an empty name. */
    private static final Set<String> WITH_PARAMETER = Set.of("", "watch", "playlist");

    /** Pages with the id after their name. */
    private static final Set<String> WITH_PATH = Set.of("watch", "shorts", "live", "embed", "v", "e");

    /** Has the length of an id after {@code /embed/}, but names a player without a video. */
    private static final Set<String> PLAYERS = Set.of("videoseries", "live_stream");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:https?:)?//)?([A-Za-z.-]+)(/[^?#]*)?(?:\\?([^#]*))?(?:#.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENCODED = Pattern.compile("https?%3A%2F%2F.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern AMPERSAND = Pattern.compile("&(?:amp;)+");

    /** Follows an id where the next parameter was joined with the wrong character. */
    private static final Pattern BEHIND_ID = Pattern.compile("[?&/].*");

    private VideoLink() {}

    /** Returns the video of a link or an id; empty if the text is neither. */
    public static Optional<VideoId> parse(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
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

    /** Omits empty segments, so double and trailing slashes are ignored. */
    private static List<String> segments(@Nullable String path) {
        return path == null
                ? List.of()
                : Arrays.stream(path.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .map(VideoLink::decode)
                        .toList();
    }

    /** Returns the first parameter of that name, as YouTube does. */
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

    /** Returns malformed encoding unchanged: it is not an id either way. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Strips blanks of every kind, and the invisible marks that are copied with text from a page. */
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
