package youtubemp3.jobs;

import java.time.Instant;

/**
 * What a worker says of itself, for those who watch over it: it has no port of its own to be asked at.
 *
 * @param name the worker's host and process
 * @param ytDlp version of its yt-dlp, which is the day of its release, such as {@code 2026.10.26}
 * @param ffmpeg version of its ffmpeg
 * @param concurrency how many jobs it takes at the same time
 * @param running how many it has
 * @param seen when it said so
 */
public record WorkerReport(String name, String ytDlp, String ffmpeg, int concurrency, int running, Instant seen) {}
