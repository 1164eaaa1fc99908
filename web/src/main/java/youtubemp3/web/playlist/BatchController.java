package youtubemp3.web.playlist;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Status;
import youtubemp3.web.playlist.Batches.Batch;
import youtubemp3.web.progress.JobProgress;
import youtubemp3.web.progress.JobProgressReader;
import youtubemp3.web.progress.UnknownJobException;

/** Shows the jobs that were submitted together. */
@Controller
class BatchController {

    private final Batches batches;
    private final JobStatuses statuses;
    private final JobProgressReader progress;

    BatchController(Batches batches, JobStatuses statuses, JobProgressReader progress) {
        this.batches = batches;
        this.statuses = statuses;
        this.progress = progress;
    }

    @GetMapping(path = "/batches/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String id, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView("playlist/batch").addObject("batch", read(id));
    }

    @GetMapping("/batches/{id}")
    ResponseEntity<BatchResponse> json(@PathVariable String id) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(read(id));
    }

    private BatchResponse read(String text) {
        UUID id = JobId.parse(text).orElseThrow(UnknownJobException::new);
        Batch batch = batches.find(id).orElseThrow(UnknownJobException::new);
        List<JobProgress> jobs = batch.jobs().stream()
                .flatMap(job -> statuses.find(job).map(status -> progress.read(job, status)).stream())
                .toList();
        long open = count(jobs, Status.ONQUEUE);
        long finished = count(jobs, Status.FINISH);
        if (open > 0) {
            batches.keep(id);
        }
        String download = finished == 0 ? null : "../download-zip?batch=" + id;
        return new BatchResponse(id, batch.title(), open, finished, jobs, download);
    }

    private static long count(List<JobProgress> jobs, Status status) {
        return jobs.stream().filter(job -> job.status() == status).count();
    }
}
