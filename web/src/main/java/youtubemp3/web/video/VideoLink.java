package youtubemp3.web.video;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.PlaylistId;

/**
 * Parses the video id from one link. Only the id leaves this class, so no other part of the text can reach a request, a command
 * line or a log.
 *
 * <p>The host must equal one of YouTube's. A text with a user, a port or a backslash before its path has another host, and is
 * rejected.
 */
final class VideoLink {

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

    /** Pages that lead to another page of YouTube, whose path is in the parameter. Whole links are found by {@link PastedText}. */
    private static final Map<String, String> LEADING_ON = Map.of("attribution_link", "u", "signin", "next");

    /** Has the length of an id after {@code /embed/}, but names a player without a video. */
    private static final Set<String> PLAYERS = Set.of("videoseries", "live_stream");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:https?:)?//)?([A-Za-z0-9.-]+)(/[^?#]*)?(?:\\?([^#]*))?(?:#.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENCODED = Pattern.compile("https?%3A%2F%2F.*", Pattern.CASE_INSENSITIVE);

    /** What the app for Android puts in front of an id or an address. */
    private static final Pattern APP = Pattern.compile("vnd\\.youtube:(?://)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern AMPERSAND = Pattern.compile("&(?:amp;)+");

    /** Follows an id where the next parameter was joined with the wrong character, or the next word without a blank. */
    private static final Pattern BEHIND_ID = Pattern.compile("[^A-Za-z0-9_-].*", Pattern.DOTALL);

    private VideoLink() {}

    /** Returns the video of a link; empty if it links to something else. */
    static Optional<VideoId> parse(String link) {
        Matcher app = APP.matcher(link);
        if (app.lookingAt()) {
            String rest = link.substring(app.end());
            return id(rest).or(() -> Address.parse(rest).flatMap(VideoLink::video));
        }
        return Address.parse(link).flatMap(VideoLink::video);
    }

    /** Returns the playlist, album or mix of a link, also beside a video; empty if it has none. */
    static Optional<PlaylistId> playlist(String link) {
        return Address.parse(link).flatMap(VideoLink::playlist);
    }

    /** Returns what a link without a video is. */
    static LinkProblem problem(String link) {
        return Address.parse(link).map(VideoLink::problem).orElse(LinkProblem.NO_LINK);
    }

    /**
     * An address, split into what tells the video.
     *
     * @param host in lower case
     * @param path its segments
     */
    private record Address(
            String host, List<String> path, @Nullable String query) {

        static Optional<Address> parse(String link) {
            String decoded = ENCODED.matcher(link).matches() ? decode(link) : link;
            Matcher address = ADDRESS.matcher(AMPERSAND.matcher(decoded).replaceAll("&"));
            return address.matches()
                    ? Optional.of(new Address(
                            address.group(1).toLowerCase(Locale.ROOT), segments(address.group(2)), address.group(3)))
                    : Optional.empty();
        }

        /** The name of the page; empty for the start page. */
        String page() {
            return path.isEmpty() ? "" : path.get(0);
        }

        /** Returns the first parameter of that name, as YouTube does. */
        Optional<String> parameter(String name) {
            return query == null
                    ? Optional.empty()
                    : Arrays.stream(query.split("&"))
                            .map(pair -> pair.split("=", 2))
                            .filter(pair -> pair.length == 2 && decode(pair[0]).equals(name))
                            .map(pair -> decode(pair[1]))
                            .findFirst();
        }
    }

    private static Optional<VideoId> video(Address link) {
        String page = link.page();
        if (SHORT_HOSTS.contains(link.host())) {
            return link.path().size() == 1 ? id(page) : Optional.empty();
        }
        if (!HOSTS.contains(link.host())) {
            return Optional.empty();
        }
        if (LEADING_ON.containsKey(page)) {
            return target(link).flatMap(VideoLink::video);
        }
        Optional<String> parameter = WITH_PARAMETER.contains(page) ? link.parameter("v") : Optional.empty();
        if (parameter.isPresent()) {
            return id(parameter.get());
        }
        return link.path().size() == 2 && WITH_PATH.contains(page)
                ? id(link.path().get(1))
                : Optional.empty();
    }

    /** Where a page of {@link #LEADING_ON} leads. */
    private static Optional<Address> target(Address link) {
        String parameter = LEADING_ON.get(link.page());
        return (parameter == null ? Optional.<String>empty() : link.parameter(parameter))
                .filter(path -> path.startsWith("/watch?"))
                .flatMap(path -> Address.parse("youtube.com" + path));
    }

    private static Optional<PlaylistId> playlist(Address link) {
        if (!HOSTS.contains(link.host()) && !SHORT_HOSTS.contains(link.host())) {
            return Optional.empty();
        }
        if (LEADING_ON.containsKey(link.page())) {
            return target(link).flatMap(VideoLink::playlist);
        }
        return link.parameter("list")
                .map(list -> BEHIND_ID.matcher(list).replaceFirst(""))
                .flatMap(list -> PlaylistId.of(list, video(link).orElse(null)));
    }

    private static LinkProblem problem(Address link) {
        String host = link.host();
        boolean isYouTube = HOSTS.contains(host) || host.endsWith(".youtube.com");
        if (!isYouTube && !SHORT_HOSTS.contains(host)) {
            return host.contains(".") ? LinkProblem.OTHER_SITE : LinkProblem.NO_LINK;
        }
        String page = link.page();
        if (page.startsWith("@") || link.parameter("channel").isPresent()) {
            return LinkProblem.CHANNEL;
        }
        return switch (page) {
            case "c", "channel", "user" -> LinkProblem.CHANNEL;
            case "clip" -> LinkProblem.CLIP;
            case "results", "search" -> LinkProblem.SEARCH;
            // an album of YouTube Music is a playlist
            case "playlist", "watch_videos", "browse" -> LinkProblem.PLAYLIST;
            default -> {
                if (link.parameter("list").isPresent()) {
                    yield LinkProblem.PLAYLIST;
                }
                boolean ofAVideo = SHORT_HOSTS.contains(host) || WITH_PATH.contains(page);
                yield ofAVideo ? LinkProblem.INCOMPLETE : LinkProblem.OTHER_PAGE;
            }
        };
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

    /** Returns malformed encoding unchanged: it is not an id either way. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
