package youtubemp3.worker.extract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.WorkerSettings;

/**
 * Builds the yt-dlp command, which writes the best sound of one video to standard output, and its metadata and progress to
 * standard error. It uses only options that exist since 2023.
 */
@Component
class YtDlp {

    /** Prefix of the line with the metadata. */
    static final String META = "META ";

    /** Prefix of each line with the number of bytes downloaded so far. */
    static final String PROGRESS = "PROG ";

    /** Prefix of the line that follows the picture and precedes the sound, with the sound's size in bytes, or {@code NA}. */
    static final String SOUND = "SOUND ";

    /** The exit code after a filter has stopped the download. */
    static final int STOPPED_BY_FILTER = 101;

    /** The exit code for an unknown option. */
    static final int USAGE = 2;

    private final WorkerSettings settings;
    private final Cookies cookies;

    YtDlp(WorkerSettings settings, Cookies cookies) {
        this.settings = settings;
        this.cookies = cookies;
    }

    /**
     * The command, not yet started.
     *
     * @param picture whether yt-dlp first saves the video's picture in the folder
     */
    ProcessBuilder fetch(VideoId video, Path folder, boolean picture) throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.ytDlp()));
        // excludes the user's configuration, the cache, plugins, and extractors for other sites
        command.addAll(
                List.of("--ignore-config", "--no-cache-dir", "--no-update", "--ies", "youtube", "--no-playlist"));
        command.addAll(List.of("-q", "--no-color", "--progress", "--newline"));
        command.addAll(List.of("--socket-timeout", "15", "--retries", "5", "--fragment-retries", "5"));
        // otherwise a download that lacks fragments succeeds
        command.addAll(List.of("--abort-on-unavailable-fragments", "--extractor-retries", "2"));
        // a format without sound is chosen only if there is no other, and then stopped by the filter
        command.addAll(List.of("-f", "bestaudio/best/bestvideo"));
        long longest = settings.longestVideo().toSeconds();
        command.addAll(List.of(
                "--break-match-filters", "!is_live & !is_upcoming & duration<?" + (longest + 1) + " & acodec!=?none"));
        command.addAll(List.of("--print", "pre_process:" + META + Metadata.TEMPLATE, "--no-simulate"));
        command.addAll(List.of("--progress-template", "download:" + PROGRESS + "%(progress.downloaded_bytes)s"));
        command.addAll(List.of("--print", "before_dl:" + SOUND + "%(filesize)s", "-o", "-"));
        if (picture) {
            command.add("--write-thumbnail");
        }
        cookies.copyTo(folder).ifPresent(copy -> command.addAll(List.of("--cookies", copy.toString())));
        command.addAll(settings.ytDlpArguments());
        // an id may begin with a dash, which would make it an option
        command.addAll(List.of("--", video.watchAddress()));

        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.put("YTDLP_NO_PLUGINS", "1");
        // every start takes twice as long without compiled modules
        environment.remove("PYTHONDONTWRITEBYTECODE");
        if (settings.proxy() != null) {
            // by environment: the address may hold a password, and other users can read a command line
            environment.put("http_proxy", settings.proxy().toString());
            environment.put("https_proxy", settings.proxy().toString());
            environment.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
        }
        return builder;
    }

    /** The picture in the folder. As the sound goes to standard output, yt-dlp names it {@code -.jpg}, {@code -.webp} and so on. */
    static Optional<Path> picture(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(YtDlp::isPicture).findFirst();
        }
    }

    static boolean isPicture(Path file) {
        return file.getFileName().toString().startsWith("-.");
    }
}
