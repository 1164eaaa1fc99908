package youtubemp3.worker.extract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.Trim;
import youtubemp3.worker.process.VisibleLine;

/**
 * A chapter of a video or of its sound. The chapters of a list follow each other without gaps, from the start to the end.
 *
 * @param title the title, one visible line that may be empty
 */
record Chapter(String title, Duration start, Duration end) {

    /** YouTube's descriptions, which have up to 5,000 characters, have no room for more. */
    static final int MAX_COUNT = 999;

    /** A chapter that is shorter may have no packet of sound. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private static final double MAX_SECONDS = 366 * 24 * 3600;

    /**
     * Reads yt-dlp's list of chapters. The first begins with the video, as YouTube requires, and each ends where the next begins.
     *
     * @param end the end of the last
     */
    static List<Chapter> parse(JsonNode list, Duration end) {
        List<Chapter> starts = list.valueStream()
                .filter(node -> isTime(node.path("start_time")))
                .map(node -> new Chapter(
                        VisibleLine.of(node.path("title").asString("")),
                        Duration.ofMillis(Math.round(node.path("start_time").asDouble() * 1000)),
                        end))
                .sorted(Comparator.comparing(Chapter::start))
                .limit(MAX_COUNT)
                .toList();
        return connect(starts, end);
    }

    private static boolean isTime(JsonNode seconds) {
        return seconds.isNumber() && seconds.asDouble() >= 0 && seconds.asDouble() <= MAX_SECONDS;
    }

    /**
     * The chapters of a part of the video, with their times in it.
     *
     * @param length the length of the part
     */
    static List<Chapter> within(List<Chapter> chapters, Trim trim, Duration length) {
        List<Chapter> shifted = chapters.stream()
                .map(chapter -> new Chapter(
                        chapter.title,
                        later(chapter.start.minus(trim.from()), Duration.ZERO),
                        chapter.end.minus(trim.from())))
                .filter(chapter -> chapter.end.compareTo(SHORTEST) >= 0)
                .toList();
        return connect(shifted, length);
    }

    private static List<Chapter> connect(List<Chapter> chapters, Duration end) {
        List<Chapter> connected = new ArrayList<>();
        Duration next = end;
        for (int i = chapters.size() - 1; i >= 0; i--) {
            Chapter chapter = chapters.get(i);
            if (next.minus(chapter.start).compareTo(SHORTEST) >= 0) {
                connected.add(0, new Chapter(chapter.title, chapter.start, next));
                next = chapter.start;
            }
        }
        if (!connected.isEmpty()) {
            Chapter first = connected.get(0);
            connected.set(0, new Chapter(first.title, Duration.ZERO, first.end));
        }
        return List.copyOf(connected);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
