package youtubemp3.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.process.Command;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

/**
 * Reads videos from a folder with the user's own recordings. A recording is a file {@code <id>.webm} or {@code <id>.m4a},
 * or both, with an id of 11 characters. The first line of {@code <id>.txt}, if it exists, has the form "Channel - Title".
 * An {@code .m4a} has to be fragmented, like YouTube's, since ffmpeg reads it from a pipe.
 */
public final class MediaFolder {

    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]{11})\\.(webm|m4a)");
    private static final Duration FFPROBE_LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final String ffprobe;

    /** @param ffmpeg the ffmpeg executable; ffprobe has to be in the same folder */
    MediaFolder(Path folder, String ffmpeg) {
        this.folder = folder;
        this.ffprobe = ffmpeg.replaceAll("ffmpeg$", "ffprobe");
    }

    /**
     * Adds the videos of a folder to a stand-in.
     *
     * @param ffmpeg the ffmpeg executable; ffprobe has to be in the same folder
     * @throws IOException if the folder cannot be read, or ffprobe finds no duration in a file
     */
    public static void install(YouTubeStandIn standIn, Path folder, String ffmpeg) throws IOException {
        new MediaFolder(folder, ffmpeg).videos().forEach(standIn::add);
    }

    /** Returns the videos in the order of their ids. */
    List<Video> videos() throws IOException {
        Map<String, Path> ids = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    ids.put(name.group(1), file);
                }
            }
        }
        List<Video> videos = new ArrayList<>();
        for (Map.Entry<String, Path> entry : ids.entrySet()) {
            videos.add(video(entry.getKey(), duration(entry.getValue())));
        }
        return videos;
    }

    private Video video(String id, Duration duration) throws IOException {
        Video.Builder video =
                Video.builder(id).media(new MediaFiles(existing(id + ".webm"), existing(id + ".m4a"), duration));
        Path text = existing(id + ".txt");
        if (text != null) {
            String[] name = Files.readString(text)
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split(" - ", 2);
            if (name.length == 2) {
                video.channel(name[0]);
            }
            if (!name[name.length - 1].isBlank()) {
                video.title(name[name.length - 1]);
            }
        }
        return video.build();
    }

    private @Nullable Path existing(String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? file : null;
    }

    private Duration duration(Path file) throws IOException {
        Command command = new Command(
                List.of(ffprobe, "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString()),
                FFPROBE_LIMIT);
        String output = command.run().strip();
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(output) * 1_000));
        } catch (NumberFormatException e) {
            throw new IOException("no duration in " + file + ": " + output, e);
        }
    }
}
