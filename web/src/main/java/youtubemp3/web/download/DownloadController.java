package youtubemp3.web.download;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.storage.AudioFile;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.web.http.DurationMessage;
import youtubemp3.web.http.LogContext;
import youtubemp3.web.limits.TooManyRequestsException;
import youtubemp3.web.progress.JobProgressReader;

/** Sends a job's file, or a page with the reason why it is not available. The numbers are those of the flowchart in docs/download.md. */
@Controller
class DownloadController {

    private final JobStatuses statuses;
    private final JobProgressReader progress;
    private final AudioStore store;
    private final FileResponse fileResponse;
    private final JobSettings jobs;
    private final MessageSourceAccessor messages;
    private final MeterRegistry metrics;

    DownloadController(
            JobStatuses statuses,
            JobProgressReader progress,
            AudioStore store,
            FileResponse fileResponse,
            JobSettings jobs,
            MessageSourceAccessor messages,
            MeterRegistry metrics) {
        this.statuses = statuses;
        this.progress = progress;
        this.store = store;
        this.fileResponse = fileResponse;
        this.jobs = jobs;
        this.messages = messages;
        this.metrics = metrics;
    }

    /**
     * 1: a client asks for the file.
     *
     * @param wish the wish that the page of a waiting job can take back; empty if the client has none
     * @param list the playlist that the page of a waiting job leads to; empty if the submitted link names none
     */
    @GetMapping("/download-music/{name}")
    @Nullable
    ModelAndView download(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String wish,
            @RequestParam(defaultValue = "") String list,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        // 2, 3: anything but an id is rejected
        Optional<UUID> id = JobId.parse(name);
        if (id.isEmpty()) {
            return invalid(response);
        }
        MDC.put(LogContext.JOB, id.get().toString());
        // 4, 5: the id is unknown or has expired
        Optional<JobStatus> found = statuses.find(id.get());
        if (found.isEmpty()) {
            return invalid(response);
        }
        JobStatus job = found.get();
        return switch (job.status()) {
            // 6, 7
            case ONQUEUE ->
                page("download/not-ready", HttpStatus.ACCEPTED, "waiting", response)
                        .addObject("job", progress.read(id.get(), job))
                        .addObject("wish", JobId.parse(wish).orElse(null))
                        .addObject("list", PlaylistId.parse(list).orElse(null));
            // 410: a new submission gets another address
            case FAILED ->
                page("download/failed", HttpStatus.GONE, "failed", response)
                        .addObject("job", progress.read(id.get(), job));
            case FINISH -> send(id.get(), job, request, response);
        };
    }

    private @Nullable ModelAndView send(
            UUID id, JobStatus job, HttpServletRequest request, HttpServletResponse response) throws IOException {
        // 8, 9: cleanup may have deleted the file
        Optional<AudioFile> found = store.open(id, job.output());
        if (found.isEmpty()) {
            return invalid(response);
        }
        // 10
        try (AudioFile file = found.get()) {
            count(fileResponse.send(file, name(id, job), request, response));
            return null;
        } catch (TooManyRequestsException e) {
            count("too_many");
            throw e;
        }
    }

    private static FileName name(UUID id, JobStatus job) {
        return FileName.of(id, job.output(), job.video(), job.track());
    }

    private ModelAndView invalid(HttpServletResponse response) {
        return page("download/invalid", HttpStatus.NOT_FOUND, "invalid", response)
                .addObject("kept", messages.getMessage(DurationMessage.of(jobs.keepFinished())));
    }

    private ModelAndView page(String view, HttpStatus status, String outcome, HttpServletResponse response) {
        count(outcome);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView(view, status);
    }

    private void count(String outcome) {
        metrics.counter("youtubemp3.downloads", "outcome", outcome).increment();
    }
}
