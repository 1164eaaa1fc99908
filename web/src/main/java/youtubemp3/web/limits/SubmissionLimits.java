package youtubemp3.web.limits;

import java.time.Duration;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;

/** Limits the submissions and the open jobs of an address. */
@Component
public class SubmissionLimits {

    private final RateLimits rates;
    private final LimitSettings settings;

    SubmissionLimits(RateLimits rates, LimitSettings settings) {
        this.rates = rates;
        this.settings = settings;
    }

    /**
     * Counts a submission.
     *
     * @throws TooManyRequestsException when the address has reached its limit of submissions
     * @throws org.springframework.dao.DataAccessException when Redis cannot be reached
     */
    public void admit(String address) {
        if (settings.submissionsPerMinute() == 0) {
            return;
        }
        Limit limit = Limit.of(settings.submissionsPerMinute(), Duration.ofMinutes(1));
        rates.take("limit:submissions:" + address, limit).ifPresent(wait -> {
            throw new TooManyRequestsException("limit.submissions", wait);
        });
    }

    /** The maximum number of open jobs of an address; 0 means unlimited. */
    public int openJobs() {
        return settings.waitingJobs();
    }

    /**
     * The exception for an address that has reached its limit of open jobs.
     *
     * @param room how many more it may have
     */
    public static TooManyRequestsException tooManyOpenJobs(int room) {
        return room == 0
                ? new TooManyRequestsException("limit.waiting-jobs")
                : new TooManyRequestsException("limit.waiting-jobs.room", String.valueOf(room));
    }
}
