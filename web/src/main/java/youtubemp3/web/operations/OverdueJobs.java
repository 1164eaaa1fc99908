package youtubemp3.web.operations;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.web.http.LogContext;

/** Fails jobs that have waited too long, so that every job ends even without a running worker. */
@Component
public class OverdueJobs {

    private static final Logger log = LoggerFactory.getLogger(OverdueJobs.class);

    private final JobStatuses statuses;

    OverdueJobs(JobStatuses statuses) {
        this.statuses = statuses;
    }

    @Scheduled(fixedDelayString = "PT1M")
    public void fail() {
        try {
            for (String id : statuses.failOverdue()) {
                try (MDC.MDCCloseable job = MDC.putCloseable(LogContext.JOB, id)) {
                    log.error("Job {} has failed: it was not converted in time", id);
                }
            }
        } catch (DataAccessException e) {
            log.warn("Redis cannot be asked for jobs that waited too long: {}", e.getMessage());
        }
    }
}
