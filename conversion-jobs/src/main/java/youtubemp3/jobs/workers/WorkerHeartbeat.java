package youtubemp3.jobs.workers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import youtubemp3.jobs.storage.StorageProblem;

/**
 * What a worker tells about itself. It has no port at which it could be asked.
 *
 * @param name the worker's host and process
 * @param ytDlp version of its yt-dlp, which is the day of its release, such as {@code 2026.10.26}
 * @param ffmpeg version of its ffmpeg
 * @param concurrency how many jobs it takes at the same time
 * @param running how many it converts at this moment
 * @param problem what keeps it from taking jobs at this moment, such as a full disk; null when nothing does
 * @param problemReason the reason of the problem; null without one, and in a heartbeat of an older version
 * @param cookiesExpired since when YouTube has no longer accepted its cookies; null when it does, or without cookies
 * @param seen when it was sent; set by {@link WorkerHeartbeats}
 */
public record WorkerHeartbeat(
        String name,
        String ytDlp,
        String ffmpeg,
        int concurrency,
        int running,
        @Nullable String problem,
        StorageProblem.@Nullable Reason problemReason,
        @Nullable Instant cookiesExpired,
        Instant seen) {

    private static final DateTimeFormatter RELEASE_DAY = DateTimeFormatter.ofPattern("uuuu.MM.dd");

    WorkerHeartbeat seenAt(Instant time) {
        return new WorkerHeartbeat(
                name, ytDlp, ffmpeg, concurrency, running, problem, problemReason, cookiesExpired, time);
    }

    /** How old its yt-dlp is; empty for a version that does not begin with a day. */
    public Optional<Duration> ytDlpAge(Instant now) {
        try {
            LocalDate released = LocalDate.parse(ytDlp.substring(0, Math.min(10, ytDlp.length())), RELEASE_DAY);
            return Optional.of(
                    Duration.between(released.atStartOfDay(ZoneOffset.UTC).toInstant(), now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
