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
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.youtube.ProxyAddress;
import youtubemp3.worker.WorkerSettings;

/**
 * Builds the yt-dlp commands. One writes the best sound of one video to standard output, and its metadata and progress to standard
 * error; the other lists a playlist. They use only options that exist since 2023, and for a plugin folder those of 2025.
 */
@Component
public class YtDlp {

    /** Prefix of the line with the metadata. */
    static final String META = "META ";

    /** Prefix of the line with the sound codecs of all formats. */
    static final String CODECS = "CODECS ";

    /** Prefix of each line with the number of bytes downloaded so far. */
    static final String PROGRESS = "PROG ";

    /** Prefix of the line that follows the picture and precedes the sound, with the sound's size in bytes, or {@code NA}. */
    static final String SOUND = "SOUND ";

    /** The exit code after a filter has stopped the download. */
    static final int STOPPED_BY_FILTER = 101;

    /** The exit code for an unknown option, and for a command without a video. */
    public static final int USAGE = 2;

    /** What yt-dlp says about a command without a video, if it accepts its options. */
    static final String NO_VIDEO = "You must provide at least one URL";

    private final WorkerSettings settings;
    private final Cookies cookies;

    YtDlp(WorkerSettings settings, Cookies cookies) {
        this.settings = settings;
        this.cookies = cookies;
    }

    /**
     * The command, not yet started.
     *
     * @param output of which the format determines what is fetched
     * @param picture whether yt-dlp first saves the video's picture in the folder
     */
    ProcessBuilder fetch(VideoId video, OutputOptions output, Path folder, boolean picture) throws IOException {
        List<String> command = command(settings);
        // excludes extractors for other sites
        command.addAll(List.of("--ies", "youtube", "--no-playlist"));
        command.addAll(List.of("-q", "--no-color", "--progress", "--newline"));
        command.addAll(List.of("--socket-timeout", "15", "--retries", "5", "--fragment-retries", "5"));
        // otherwise a download that lacks fragments succeeds
        command.addAll(List.of("--abort-on-unavailable-fragments", "--extractor-retries", "2"));
        command.addAll(List.of("-f", formats(output)));
        long longest = settings.longestVideo().toSeconds();
        command.addAll(List.of(
                "--break-match-filters",
                "!is_live & !is_upcoming & duration<?" + (longest + 1) + " & acodec" + codec(output.format())));
        command.addAll(List.of("--print", "pre_process:" + CODECS + "%(formats.:.acodec)s"));
        command.addAll(List.of("--print", "pre_process:" + META + Metadata.TEMPLATE, "--no-simulate"));
        command.addAll(List.of("--progress-template", "download:" + PROGRESS + "%(progress.downloaded_bytes)s"));
        command.addAll(List.of("--print", "before_dl:" + SOUND + "%(filesize)s", "-o", "-"));
        if (picture) {
            command.add("--write-thumbnail");
        }
        return request(command, video.watchAddress(), folder);
    }

    /**
     * The command that writes what is in a playlist to standard output, as JSON, without a request for any of its videos. Not yet
     * started.
     *
     * @param max the maximum number of entries
     */
    public ProcessBuilder list(PlaylistId playlist, int max, Path folder) throws IOException {
        List<String> command = command(settings);
        // excludes extractors for other sites
        command.addAll(List.of("--ies", "youtube:tab"));
        command.addAll(List.of("-q", "--no-color", "--socket-timeout", "15", "--extractor-retries", "2"));
        command.addAll(List.of("--flat-playlist", "--dump-single-json", "--playlist-items", "1:" + max));
        return request(command, playlist.address(), folder);
    }

    /** Adds to a command what every request to YouTube has. */
    private ProcessBuilder request(List<String> command, String address, Path folder) throws IOException {
        cookies.copyTo(folder).ifPresent(copy -> command.addAll(List.of("--cookies", copy.toString())));
        command.addAll(settings.ytDlpArguments().values());
        // an id may begin with a dash, which would make it an option
        command.addAll(List.of("--", address));

        ProcessBuilder builder = builder(command, settings).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        settings.proxyAddress().ifPresent(proxy -> {
            // by environment: the address may hold a password, and other users can read a command line
            environment.put("http_proxy", address(proxy));
            environment.put("https_proxy", address(proxy));
            environment.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
        });
        return builder;
    }

    /**
     * The formats to choose from. One without sound, or with sound that is not asked for, is chosen only if there is no other, and
     * then stopped by the filter.
     */
    private static String formats(OutputOptions output) {
        String any = "bestaudio/best/bestvideo";
        // a copy keeps the bit rate, which surround sound exceeds
        String limit = "[abr<=?" + AudioExtractor.MAX_BITRATE + "]";
        return switch (output.format()) {
            case MP3 -> (output.normalize() ? "bestaudio" + limit + "/" : "") + any;
            case M4A -> "bestaudio[acodec^=mp4a]" + limit + "/best[acodec^=mp4a]/" + any;
            case OPUS -> "bestaudio[acodec=opus]" + limit + "/" + any;
        };
    }

    private static String codec(AudioFormat format) {
        return switch (format) {
            case MP3 -> "!=?none";
            case M4A -> "^=?mp4a";
            case OPUS -> "=?opus";
        };
    }

    /**
     * A command without a video, with which yt-dlp only reads its options: it exits with {@link #USAGE} and says {@link #NO_VIDEO}
     * if it accepts all of them.
     */
    static ProcessBuilder check(WorkerSettings settings, List<String> arguments) {
        List<String> command = command(settings);
        // without an extractor, a word that yt-dlp takes for an address leads to no request
        command.addAll(List.of("--ies", "end", "--simulate"));
        command.addAll(arguments);
        return builder(command, settings);
    }

    /** The beginning of every command, which excludes the user's configuration, the cache, and plugins of other folders. */
    private static List<String> command(WorkerSettings settings) {
        List<String> command =
                new ArrayList<>(List.of(settings.ytDlp(), "--ignore-config", "--no-cache-dir", "--no-update"));
        if (settings.pluginFolder() != null) {
            command.addAll(List.of(
                    "--no-plugin-dirs",
                    "--plugin-dirs",
                    settings.pluginFolder().toAbsolutePath().toString()));
        }
        return command;
    }

    private static ProcessBuilder builder(List<String> command, WorkerSettings settings) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        if (settings.pluginFolder() == null) {
            environment.put("YTDLP_NO_PLUGINS", "1");
        } else {
            environment.remove("YTDLP_NO_PLUGINS");
        }
        // every start takes twice as long without compiled modules
        environment.remove("PYTHONDONTWRITEBYTECODE");
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
