package youtubemp3.web.progress;

import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.web.http.LogContext;

/** Serves the progress of a job as JSON and as a page. */
@RestController
class ProgressController {

    private final JobStatuses statuses;
    private final JobProgressReader progress;

    ProgressController(JobStatuses statuses, JobProgressReader progress) {
        this.statuses = statuses;
        this.progress = progress;
    }

    @GetMapping("/status/{id}")
    ResponseEntity<JobProgress> status(@PathVariable String id) {
        UUID job = JobId.parse(id).orElseThrow(UnknownJobException::new);
        MDC.put(LogContext.JOB, job.toString());
        JobStatus status = statuses.find(job).orElseThrow(UnknownJobException::new);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(progress.read(job, status));
    }
}
