package youtubemp3.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

/**
 * The worker's settings.
 *
 * @param folder where the files appear; the folder {@code work} in it holds what is unfinished
 * @param ytDlp the yt-dlp executable
 * @param ytDlpArguments further arguments for yt-dlp, such as {@code --extractor-args}
 * @param ffmpeg the ffmpeg executable
 * @param proxy the proxy through which yt-dlp reaches YouTube
 * @param cookies a cookies file in Netscape format for yt-dlp; each job works on a copy
 * @param bitrate the MP3's bit rate in kbit/s
 * @param concurrency how many jobs run at the same time; one per core unless set
 * @param longestVideo videos longer than this are refused
 * @param retryDelay the shortest wait before a job's next attempt
 * @param timeLimit how long a conversion may take on top of twice the video's length
 * @param silenceLimit how long neither sound nor a word may come from the tools before they count as hung
 * @param stopGrace how long a running job may go on when the worker is asked to stop
 * @param videosAnHour how many attempts all workers together may make in an hour: YouTube grants an address about 300
 * @param gap the shortest time between two attempts of all workers together; chance adds up to a half
 * @param firstPause how long all workers pause when YouTube refuses this server; each further pause is twice as long
 * @param longestPause how long such a pause may become
 * @param aliveFile touched whenever the worker has reported itself, for a health check from outside
 */
@Validated
@ConfigurationProperties("youtubemp3.worker")
public record WorkerSettings(
        @DefaultValue("/data") Path folder,
        @DefaultValue("yt-dlp") @NotBlank String ytDlp,
        @DefaultValue List<String> ytDlpArguments,
        @DefaultValue("ffmpeg") @NotBlank String ffmpeg,
        @Nullable URI proxy,
        @Nullable Path cookies,
        @DefaultValue("192") @Min(32) @Max(320) int bitrate,
        @Nullable @Min(1) Integer concurrency,
        @DefaultValue("3h") @DurationMin(seconds = 1) Duration longestVideo,
        @DefaultValue("10s") @DurationMin Duration retryDelay,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration timeLimit,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration silenceLimit,
        @DefaultValue("25s") @DurationMin Duration stopGrace,
        @DefaultValue("250") @Min(1) int videosAnHour,
        @DefaultValue("2s") @DurationMin Duration gap,
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration firstPause,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration longestPause,
        @Nullable Path aliveFile) {

    public WorkerSettings {
        Assert.isTrue(
                cookies == null || Files.isReadable(cookies), () -> "the cookies file " + cookies + " cannot be read");
    }

    /** How many jobs run at the same time: an encoder keeps one core busy. */
    public int jobsAtOnce() {
        return concurrency == null ? Runtime.getRuntime().availableProcessors() : concurrency;
    }
}
