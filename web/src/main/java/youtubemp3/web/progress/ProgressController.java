package youtubemp3.web.progress;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.youtube.CircuitBreaker;
import youtubemp3.web.http.AccessLogFilter;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.MessageCode;

/** Tells how far a job is. */
@RestController
class ProgressController {

    private static final String UNKNOWN = "There is no such conversion, or it is long over.";

    private final JobStatuses statuses;
    private final CircuitBreaker circuit;

    ProgressController(JobStatuses statuses, CircuitBreaker circuit) {
        this.statuses = statuses;
        this.circuit = circuit;
    }

    @GetMapping("/status/{id}")
    ResponseEntity<?> status(@PathVariable String id) {
        Optional<UUID> job = JobId.parse(id);
        job.ifPresent(known -> MDC.put(AccessLogFilter.JOB, known.toString()));
        Optional<JobProgress> progress =
                job.flatMap(known -> statuses.find(known).map(status -> JobProgress.of(known, status, circuit)));
        if (progress.isEmpty()) {
            return ApiResponse.error(MessageCode.NOT_FOUND, UNKNOWN, Map.of()).as(MessageCode.NOT_FOUND.status());
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(progress.get());
    }
}
