package youtubemp3.web.video;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.MessageSourceResolvable;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.PlaylistId;

/**
 * Finds the one video that a pasted text names: by a link anywhere in it, whatever is written around it, or by an id alone. Links
 * to the same video are one; links to other things do not count beside it.
 */
public final class PastedText {

    /** Far above the length of a link with all of YouTube's parameters. */
    private static final int MAX_LENGTH = 2000;

    /** Invisible marks that are copied with text from a page. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    /** What no link contains: blanks, quotes, brackets, and signs outside of ASCII, such as typographic quotes or a full stop in Chinese. */
    private static final Pattern BETWEEN_LINKS =
            Pattern.compile("[\\s\\p{Z}\\p{Cc}<>\"{}|^`\\[\\]]+|[\\p{P}\\p{S}&&[^\\p{ASCII}]]+");

    /** Also inside a word or another link: browsers may drop a line end, and pages that lead on name their target. */
    private static final Pattern BEGIN_OF_LINK = Pattern.compile("(?i)(?=https?://|https?%3A%2F%2F|vnd\\.youtube:)");

    /** Without a scheme, only at the begin of a word: otherwise it is part of another host or address. */
    private static final Pattern WITHOUT_SCHEME = Pattern.compile(
            "(?i)(?<![\\w.@/\\\\%-])(?:(?<!:)//)?(?:[a-z-]+\\.)*(?:youtube(?:-nocookie)?\\.com|youtu\\.be)(?:[/?#].*)?$");

    private static final Pattern OTHER_SITE = Pattern.compile("(?i)(?:[a-z0-9-]+\\.)+[a-z]{2,}/.*");

    /** Around a link or an id in a sentence. An id may begin and end with a dash or an underscore. */
    private static final Pattern PUNCTUATION = Pattern.compile("^[('*~,;:.!?=]+|[)'*~,;:.!?]+$");

    private final List<VideoId> videos;
    private final List<PlaylistId> playlists;
    private final LinkProblem problem;

    private PastedText(List<VideoId> videos, List<PlaylistId> playlists, LinkProblem problem) {
        this.videos = videos;
        this.playlists = playlists;
        this.problem = problem;
    }

    /** Reads a text of any length. */
    public static PastedText of(String text) {
        if (text.length() > MAX_LENGTH) {
            return new PastedText(List.of(), List.of(), LinkProblem.TOO_LONG);
        }
        List<String> words = BETWEEN_LINKS
                .splitAsStream(INVISIBLE.matcher(text).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return new PastedText(List.of(), List.of(), LinkProblem.BLANK);
        }
        if (words.size() == 1) {
            Optional<VideoId> id = VideoId.parse(words.get(0)).or(() -> VideoId.parse(bare(words.get(0))));
            if (id.isPresent()) {
                return new PastedText(List.of(id.get()), List.of(), LinkProblem.NO_LINK);
            }
        }
        List<String> links = words.stream().flatMap(PastedText::links).toList();
        List<VideoId> videos = links.stream()
                .flatMap(link -> VideoLink.parse(link).stream())
                .distinct()
                .toList();
        List<PlaylistId> playlists = links.stream()
                .flatMap(link -> VideoLink.playlist(link).stream())
                .distinct()
                .toList();
        return new PastedText(videos, playlists, videos.size() > 1 ? LinkProblem.SEVERAL_VIDEOS : problem(links));
    }

    /** The video; empty if there is none, or more than one. */
    public Optional<VideoId> video() {
        return videos.size() == 1 ? Optional.of(videos.get(0)) : Optional.empty();
    }

    /** The playlist, beside a video or alone; empty if there is none, or more than one, or more than one video. */
    public Optional<PlaylistId> playlist() {
        return playlists.size() == 1 && videos.size() <= 1 ? Optional.of(playlists.get(0)) : Optional.empty();
    }

    /** Why there is no video, and what to paste instead. */
    public MessageSourceResolvable problem() {
        return problem;
    }

    private static Stream<String> links(String word) {
        return Arrays.stream(BEGIN_OF_LINK.split(word))
                .map(PastedText::bare)
                .flatMap(part -> BEGIN_OF_LINK.matcher(part).lookingAt() ? Stream.of(part) : withoutScheme(part));
    }

    private static Stream<String> withoutScheme(String part) {
        Matcher youTube = WITHOUT_SCHEME.matcher(part);
        if (youTube.find()) {
            return Stream.of(youTube.group());
        }
        return OTHER_SITE.matcher(part).matches() ? Stream.of(part) : Stream.empty();
    }

    private static String bare(String word) {
        return PUNCTUATION.matcher(word).replaceAll("");
    }

    /** The problem of the link that comes closest to a video: a page of YouTube rather than another site. */
    private static LinkProblem problem(List<String> links) {
        return links.stream()
                .map(VideoLink::problem)
                .min(Comparator.naturalOrder())
                .orElse(LinkProblem.NO_LINK);
    }
}
