package youtubemp3.web.limits;

import java.time.Duration;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;

/** How many links an address may submit a minute, and how many of its jobs may be open. */
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
     * @throws TooManyRequestsException when the address has submitted as many as it may
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

    /** How many jobs of an address may be open; 0 is no limit. */
    public int openJobs() {
        return settings.waitingJobs();
    }

    /** As many jobs of the address are open as may be. */
    public static TooManyRequestsException tooManyOpenJobs() {
        return new TooManyRequestsException("limit.waiting-jobs");
    }
}
