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
import youtubemp3.jobs.youtube.ProxyAddress;
import youtubemp3.worker.WorkerSettings;

/**
 * Builds the yt-dlp command, which writes the best sound of one video to standard output, and its metadata and progress to
 * standard error. It uses only options that exist since 2023.
 */
@Component
class YtDlp {

    /** Prefix of the line with the metadata. */
    static final String META = "META ";

    /** Prefix of each line that reports the downloaded bytes. */
    static final String PROGRESS = "PROG ";

    /** Prefix of the line that follows the picture and precedes the sound. */
    static final String SOUND = "SOUND ";

    /** The exit code after a filter has stopped the download. */
    static final int STOPPED_BY_FILTER = 101;

    /** The exit code for an unknown option. */
    static final int USAGE = 2;

    private final WorkerSettings settings;

    YtDlp(WorkerSettings settings) {
        this.settings = settings;
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
            // yt-dlp rewrites the file when it ends, so each job has a private copy
            Path copy = folder.resolve("cookies.txt");
            Files.deleteIfExists(copy);
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(copy, Files.readAllBytes(settings.cookies()));
            command.addAll(List.of("--cookies", copy.toString()));
        }
        command.addAll(settings.ytDlpArguments());
        // an id may begin with a dash, which would make it an option
        command.addAll(List.of("--", video.watchAddress()));

        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.put("YTDLP_NO_PLUGINS", "1");
        // every start takes twice as long without compiled modules
        environment.remove("PYTHONDONTWRITEBYTECODE");
        settings.proxyAddress().ifPresent(proxy -> {
            // by environment: the address may hold a password, and other users can read a command line
            environment.put("http_proxy", address(proxy));
            environment.put("https_proxy", address(proxy));
            environment.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
        });
        return builder;
    }

    /** Old yt-dlp does not know socks5h; each yt-dlp lets the proxy look up hosts with socks5, too. */
    private static String address(ProxyAddress proxy) {
        return proxy.url(proxy.scheme().equals("socks5h") ? "socks5" : proxy.scheme());
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
