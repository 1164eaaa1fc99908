package youtubemp3.worker;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;
import youtubemp3.jobs.youtube.ProxyAddress;

/**
 * The worker's settings.
 *
 * @param ytDlp the yt-dlp executable
 * @param ytDlpArguments further arguments for yt-dlp, such as {@code --extractor-args}
 * @param pluginFolder the folder from which yt-dlp loads plugins; it loads none if null
 * @param ffmpeg the ffmpeg executable
 * @param proxy the proxy through which yt-dlp reaches YouTube
 * @param cookies a cookies file in Netscape format for yt-dlp; each job works on a copy
 * @param bitrate the bit rate in kbit/s of an MP3 for which a job asks for no quality
 * @param concurrency how many jobs run at the same time; one per core if null
 * @param longestVideo the longest video that is accepted
 * @param maxPlaylist how many videos of a playlist are listed
 * @param retryDelay the shortest delay before a job's next attempt
 * @param timeout how long a conversion may take, in addition to twice the video's length
 * @param stallTimeout how long the tools may produce neither sound nor output before they count as hung
 * @param shutdownTimeout how long running jobs may continue after the worker has been told to stop
 * @param maxVideosPerHour how many attempts all workers together may make in an hour; YouTube allows an address about 300
 * @param minInterval the shortest time between two attempts of all workers together; jitter adds up to a half
 * @param backoff how long all workers pause when YouTube refuses this server
 * @param heartbeatFile a file that every heartbeat touches, for the container's health check
 */
@Validated
@ConfigurationProperties("youtubemp3.worker")
public record WorkerSettings(
        @DefaultValue("yt-dlp") @NotBlank String ytDlp,
        @DefaultValue("") YtDlpArguments ytDlpArguments,
        @Nullable Path pluginFolder,
        @DefaultValue("ffmpeg") @NotBlank String ffmpeg,
        @Nullable String proxy,
        @Nullable Path cookies,
        @DefaultValue("192") @Min(32) @Max(320) int bitrate,
        @Nullable @Min(1) Integer concurrency,
        @DefaultValue("3h") @DurationMin(seconds = 1) Duration longestVideo,
        @DefaultValue("200") @Min(1) @Max(1000) int maxPlaylist,
        @DefaultValue("10s") @DurationMin Duration retryDelay,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration timeout,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration stallTimeout,
        @DefaultValue("25s") @DurationMin Duration shutdownTimeout,
        @DefaultValue("250") @Min(1) int maxVideosPerHour,
        @DefaultValue("2s") @DurationMin Duration minInterval,
        @DefaultValue @Valid Backoff backoff,
        @Nullable Path heartbeatFile) {

    /**
     * Exponential backoff: each pause is twice as long as the previous one.
     *
     * @param initial the length of the first pause
     * @param max the length of the longest pause
     */
    public record Backoff(
            @DefaultValue("5m") @DurationMin(seconds = 1) Duration initial,
            @DefaultValue("1h") @DurationMin(seconds = 1) Duration max) {}

    public WorkerSettings {
        Assert.isTrue(
                cookies == null || Files.isReadable(cookies), () -> "the cookies file " + cookies + " cannot be read");
        Assert.isTrue(
                pluginFolder == null || (Files.isDirectory(pluginFolder) && Files.isReadable(pluginFolder)),
                () -> "the plugin folder " + pluginFolder + " is not a folder that can be read");
        parse(proxy);
    }

    /** Empty without one. */
    public Optional<ProxyAddress> proxyAddress() {
        return parse(proxy);
    }

    private static Optional<ProxyAddress> parse(@Nullable String proxy) {
        return ProxyAddress.parse("youtubemp3.worker.proxy", proxy);
    }

    /** The number of jobs that run at the same time: an encoder keeps one core busy. */
    public int jobsAtOnce() {
        return concurrency == null ? Runtime.getRuntime().availableProcessors() : concurrency;
    }

    /** How long one step of a conversion may take, by the length of the video, which may be unknown. */
    public Duration timeLimit(@Nullable Duration video) {
        return video == null ? timeout : timeout.plus(video.multipliedBy(2));
    }

    /** Omits the passwords that the proxy and the arguments may hold, which the default would write to logs. */
    @Override
    public String toString() {
        return "WorkerSettings[ytDlp=" + ytDlp + ", ffmpeg=" + ffmpeg + "]";
    }
}
