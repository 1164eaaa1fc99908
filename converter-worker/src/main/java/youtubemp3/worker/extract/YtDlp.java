package youtubemp3.worker.extract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.WorkerSettings;

/**
 * The yt-dlp command: the best sound of one video to standard output, its details and its progress to standard error. Every
 * option is known to versions from 2023 on.
 */
@Component
class YtDlp {

    /** Stands before the line with the video's details. */
    static final String META = "META ";

    /** Stands before each line that says that data has arrived. */
    static final String PROGRESS = "PROG ";

    /** Stands before the line that says that the picture is done with, and the sound begins. */
    static final String SOUND = "SOUND ";

    /** The exit code of a download that a filter stopped. */
    static final int STOPPED_BY_FILTER = 101;

    /** The exit code for options that it does not know. */
    static final int USAGE = 2;

    private final WorkerSettings settings;

    YtDlp(WorkerSettings settings) {
        this.settings = settings;
    }

    /**
     * The process, not yet started.
     *
     * @param picture whether it fetches the video's picture, before the sound, and leaves it in the folder
     */
    ProcessBuilder fetch(VideoId video, Path folder, boolean picture) throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.ytDlp()));
        // no configuration, cache, plugin or extractor but YouTube's own may have a say
        command.addAll(
                List.of("--ignore-config", "--no-cache-dir", "--no-update", "--ies", "youtube", "--no-playlist"));
        command.addAll(List.of("-q", "--no-color", "--progress", "--newline"));
        command.addAll(List.of("--socket-timeout", "15", "--retries", "5", "--fragment-retries", "5"));
        command.addAll(List.of("--extractor-retries", "2", "-f", "bestaudio/best"));
        long longest = settings.longestVideo().toSeconds();
        command.addAll(List.of("--break-match-filters", "!is_live & !is_upcoming & duration<?" + (longest + 1)));
        command.addAll(List.of("--print", "pre_process:" + META + Metadata.TEMPLATE, "--no-simulate"));
        command.addAll(List.of("--progress-template", "download:" + PROGRESS + "%(progress.downloaded_bytes)s"));
        command.addAll(List.of("--print", "before_dl:" + SOUND + "%(format_id)s", "-o", "-"));
        if (picture) {
            command.add("--write-thumbnail");
        }
        if (settings.cookies() != null) {
            // yt-dlp writes the file anew when it ends, so each job has a copy, for this user's eyes alone
            Path copy = folder.resolve("cookies.txt");
            Files.deleteIfExists(copy);
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(copy, Files.readAllBytes(settings.cookies()));
            command.addAll(List.of("--cookies", copy.toString()));
        }
        command.addAll(settings.ytDlpArguments());
        // an id may begin with a dash: after -- nothing is an option
        command.addAll(List.of("--", video.watchAddress()));

        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.put("YTDLP_NO_PLUGINS", "1");
        // without compiled modules every start takes twice as long
        environment.remove("PYTHONDONTWRITEBYTECODE");
        if (settings.proxy() != null) {
            // not an argument: a password in it would be there for everybody to read
            environment.put("http_proxy", settings.proxy().toString());
            environment.put("https_proxy", settings.proxy().toString());
            environment.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
        }
        return builder;
    }

    /** The picture in the folder. With the sound going to standard output, it is called {@code -} and its format's ending. */
    static Optional<Path> picture(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(YtDlp::isPicture).findFirst();
        }
    }

    static boolean isPicture(Path file) {
        return file.getFileName().toString().startsWith("-.");
    }
}
