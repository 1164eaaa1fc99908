package youtubemp3.worker.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.process.ProcessTree;

/** Builds the ffmpeg command that encodes the sound, and runs the one that makes the cover. */
@Component
class Ffmpeg {

    /** Prefix of the encoded time in microseconds, on a line of standard error. */
    static final String OUT_TIME = "out_time_us=";

    /** Matches the other lines of ffmpeg's progress report; the remaining lines are messages. */
    static final Pattern PROGRESS = Pattern.compile(
            "(frame|fps|bitrate|total_size|out_time|out_time_ms|dup_frames|drop_frames|speed|progress|stream_\\w+)=.*");

    private static final Logger log = LoggerFactory.getLogger(Ffmpeg.class);
    private static final long COVER_TIMEOUT_SECONDS = 20;
    private static final long MAX_COVER_BYTES = 2 << 20;

    /** More than ten times what YouTube's pictures have. */
    static final long MAX_PICTURE_BYTES = 10 << 20;

    /** The containers that YouTube and yt-dlp deliver sound in: WebM, MP4 and HLS segments. */
    private static final String SOUND_FORMATS = "matroska,webm,mov,mp4,m4a,mpegts,aac,mp3";

    private static final String SOUND_CODECS = "opus,libopus,vorbis,libvorbis,aac,mp3,mp3float,ac3,eac3";

    /** The demuxers that read a picture by its extension (image2) and by its content. */
    private static final String PICTURES = "image2,jpeg_pipe,png_pipe,webp_pipe,gif";

    /** In bytes, a generous allowance for the encoder's first and last frames. */
    private static final int FRAMES_AROUND = 64 << 10;

    private static final int MAX_PIXELS = 9_000_000;

    private final WorkerSettings settings;

    Ffmpeg(WorkerSettings settings) {
        this.settings = settings;
    }

    /** Encodes standard input to a file without tags, and writes its progress to standard error twice a second. */
    ProcessBuilder encode(Path file, AudioFormat format) {
        List<String> command = command();
        command.addAll(List.of("-nostats", "-progress", "pipe:2", "-stats_period", "0.5", "-y"));
        // untrusted input: allows only sound, and no playlist that names other files
        command.addAll(List.of("-format_whitelist", SOUND_FORMATS, "-codec_whitelist", SOUND_CODECS));
        command.addAll(List.of("-protocol_whitelist", "pipe", "-i", "pipe:0"));
        // the tags are written before the sound afterwards, when they are known
        command.addAll(List.of("-vn", "-map_metadata", "-1", "-id3v2_version", "0"));
        // Pipeline checks the announced length while it runs; this limit also holds while the worker is stopped
        command.addAll(List.of("-fs", String.valueOf(maxBytes(settings.longestVideo(), format))));
        command.addAll(
                switch (format) {
                    case MP3 -> List.of("-c:a", "libmp3lame", "-b:a", settings.bitrate() + "k", "-f", "mp3");
                });
        command.add(file.toString());
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    /** The maximum size, in bytes, of a file of this length. */
    long maxBytes(Duration length, AudioFormat format) {
        return switch (format) {
            case MP3 -> Pipeline.longest(length).toMillis() * settings.bitrate() / 8 + FRAMES_AROUND;
        };
    }

    /**
     * Converts the picture that yt-dlp left in the folder to a JPEG at most 1280 pixels wide. Empty when it is missing, too
     * large or unreadable: the file then gets no cover.
     */
    Optional<byte[]> cover(Path folder) throws InterruptedException {
        Path jpeg = folder.resolve("cover.jpg");
        try {
            Optional<Path> picture = YtDlp.picture(folder);
            if (picture.isEmpty() || Files.size(picture.get()) > MAX_PICTURE_BYTES) {
                return Optional.empty();
            }
            List<String> command = command();
            // untrusted input: allows only a picture of a limited size, and no playlist that names other files
            command.addAll(List.of("-format_whitelist", PICTURES, "-protocol_whitelist", "file"));
            command.addAll(List.of("-max_pixels", String.valueOf(MAX_PIXELS)));
            command.addAll(List.of("-y", "-i", "file:" + picture.get(), "-frames:v", "1"));
            command.addAll(List.of("-vf", "scale='min(1280,iw)':-2", "-q:v", "3", "-f", "image2", jpeg.toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            try (ProcessTree tree = new ProcessTree()) {
                Process process = tree.start(builder).get(0);
                if (!process.waitFor(COVER_TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    log.info("The video's picture cannot be read; the file gets no cover");
                    return Optional.empty();
                }
            }
            return Files.size(jpeg) > MAX_COVER_BYTES ? Optional.empty() : Optional.of(Files.readAllBytes(jpeg));
        } catch (IOException e) {
            log.warn("The cover cannot be made", e);
            return Optional.empty();
        }
    }

    private List<String> command() {
        return new ArrayList<>(List.of(settings.ffmpeg(), "-hide_banner", "-nostdin", "-v", "error"));
    }
}
