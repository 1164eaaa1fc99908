package youtubemp3.worker.extract;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AudioFormat;
import youtubemp3.jobs.Cover;
import youtubemp3.jobs.Mp3Quality;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Trim;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.process.ProcessTree;

/** Builds the ffmpeg command that encodes or copies the sound, and runs those that work on files. */
@Component
class Ffmpeg {

    /** Prefix of the encoded time in microseconds, on a line of standard error. */
    static final String OUT_TIME = "out_time_us=";

    /** Matches the other lines of ffmpeg's progress report; the remaining lines are messages. */
    static final Pattern PROGRESS = Pattern.compile(
            "(frame|fps|bitrate|total_size|out_time|out_time_ms|dup_frames|drop_frames|speed|progress|stream_\\w+)=.*");

    /** Makes ffmpeg report its progress, and replace files. */
    static final List<String> REPORT = List.of("-nostats", "-progress", "pipe:2", "-stats_period", "0.5", "-y");

    /** The cover in the folder. */
    static final String COVER = "cover.jpg";

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

    /**
     * Writes the part of standard input that is kept to a file without tags, in the format of the output. Writes its progress to
     * standard error twice a second.
     */
    ProcessBuilder encode(Path file, OutputOptions output) {
        Trim trim = output.trim();
        List<String> arguments = new ArrayList<>();
        if (!trim.from().isZero()) {
            arguments.addAll(List.of("-ss", seconds(trim.from())));
        }
        if (trim.to() != null) {
            arguments.addAll(List.of("-to", seconds(trim.to())));
        }
        arguments.addAll(encoder(output));
        return read(file, arguments, maxBytes(trim.of(settings.longestVideo()), output));
    }

    /** Copies standard input to a file without encoding it again, up to a time or to its end. */
    ProcessBuilder copy(Path file, @Nullable Duration to) {
        List<String> arguments = new ArrayList<>(to == null ? List.of() : List.of("-to", seconds(to)));
        arguments.addAll(List.of("-c:a", "copy", "-f", "matroska"));
        return read(file, arguments, maxBytes(settings.longestVideo(), AudioExtractor.MAX_BITRATE));
    }

    private ProcessBuilder read(Path file, List<String> arguments, long maxBytes) {
        List<String> command = command();
        command.addAll(REPORT);
        // untrusted input: allows only sound, and no playlist that names other files
        command.addAll(List.of("-format_whitelist", SOUND_FORMATS, "-codec_whitelist", SOUND_CODECS));
        command.addAll(List.of("-protocol_whitelist", "pipe", "-i", "pipe:0"));
        // the tags are written afterwards, when they are known
        command.addAll(List.of("-vn", "-map_metadata", "-1", "-map_chapters", "-1"));
        // Pipeline checks the announced length while it runs; this limit also holds while the worker is stopped
        command.addAll(List.of("-fs", String.valueOf(maxBytes)));
        command.addAll(arguments);
        command.add(file.toString());
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    /** The arguments for the codec and the container. */
    List<String> encoder(OutputOptions output) {
        return switch (output.format()) {
            case MP3 -> {
                Mp3Quality quality = output.quality();
                List<String> rate = quality != null && quality.isVariable()
                        ? List.of("-q:a", quality.text().substring(1))
                        : List.of("-b:a", bitrate(output) + "k");
                List<String> arguments = new ArrayList<>(List.of("-c:a", "libmp3lame"));
                arguments.addAll(rate);
                arguments.addAll(List.of("-id3v2_version", "0", "-f", "mp3"));
                yield arguments;
            }
            case M4A, OPUS -> List.of("-c:a", "copy", "-f", container(output.format()));
        };
    }

    /** ffmpeg's name of the container. */
    static String container(AudioFormat format) {
        return switch (format) {
            case MP3 -> "mp3";
            case M4A -> "ipod";
            case OPUS -> "ogg";
        };
    }

    /** The highest bit rate of the file, in kbit/s. */
    private int bitrate(OutputOptions output) {
        if (output.format() != AudioFormat.MP3) {
            return AudioExtractor.MAX_BITRATE;
        }
        return output.quality() == null ? settings.bitrate() : output.quality().maxBitrate();
    }

    /** The maximum size, in bytes, of a file of this length. */
    long maxBytes(Duration length, OutputOptions output) {
        return maxBytes(length, bitrate(output));
    }

    static long maxBytes(Duration length, int bitrate) {
        return LengthLimits.longest(length).toMillis() * bitrate / 8 + FRAMES_AROUND;
    }

    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
    }

    /**
     * Runs ffmpeg on files of the folder, within the limits of time of a conversion.
     *
     * @param arguments those after {@link #REPORT}; its progress must be reported for the limits
     * @param length the length of the sound
     * @param written receives the length of the sound that is written, several times a second
     * @return ffmpeg's messages
     * @throws ExtractionException when ffmpeg fails, stalls or takes too long
     */
    String run(List<String> arguments, Duration length, Consumer<Duration> written)
            throws IOException, ExtractionException, InterruptedException {
        List<String> command = command();
        command.addAll(REPORT);
        command.addAll(arguments);
        return new FfmpegRun(settings).run(new ProcessBuilder(command), length, written);
    }

    /**
     * Converts the picture that yt-dlp left in the folder to a JPEG at most 1280 pixels wide. Empty when it is missing, too
     * large or unreadable: the file then gets no cover.
     *
     * @param shape whether only the square in its centre is kept
     */
    Optional<byte[]> cover(Path folder, Cover shape) throws InterruptedException {
        Path jpeg = folder.resolve(COVER);
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
            String crop = shape == Cover.SQUARE ? "crop='min(iw,ih)':'min(iw,ih)'," : "";
            command.addAll(List.of("-vf", crop + "scale='min(1280,iw)':-2"));
            command.addAll(List.of("-q:v", "3", "-f", "image2", jpeg.toString()));
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
