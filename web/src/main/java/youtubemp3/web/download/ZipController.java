package youtubemp3.web.download;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.status.JobStatus;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.jobs.status.Status;
import youtubemp3.jobs.storage.AudioFile;
import youtubemp3.jobs.storage.AudioStore;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.RunningDownloads;
import youtubemp3.web.playlist.Batches;
import youtubemp3.web.playlist.Batches.Batch;
import youtubemp3.web.progress.UnknownJobException;

/** Sends the files of several jobs as one ZIP. Jobs without a file are left out. */
@Controller
class ZipController {

    private static final int MAX_FILES = 200;

    private final Batches batches;
    private final JobStatuses statuses;
    private final AudioStore store;
    private final RunningDownloads downloads;
    private final MeterRegistry metrics;

    ZipController(
            Batches batches,
            JobStatuses statuses,
            AudioStore store,
            RunningDownloads downloads,
            MeterRegistry metrics) {
        this.batches = batches;
        this.statuses = statuses;
        this.store = store;
        this.downloads = downloads;
        this.metrics = metrics;
    }

    /**
     * @param ids at most 200 jobs
     * @param batch the id of a batch, whose jobs are sent instead; empty for none
     * @throws UnknownJobException when none of them has a file
     */
    @GetMapping("/download-zip")
    void download(
            @RequestParam(name = "id", defaultValue = "") List<String> ids,
            @RequestParam(defaultValue = "") String batch,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (ids.size() > MAX_FILES) {
            throw new CodedException(MessageCode.TOO_LARGE);
        }
        Batch together = batch.isEmpty()
                ? new Batch(
                        "", ids.stream().flatMap(id -> JobId.parse(id).stream()).toList())
                : JobId.parse(batch).flatMap(batches::find).orElseThrow(UnknownJobException::new);
        Map<UUID, JobStatus> jobs = together.jobs().stream()
                .distinct()
                .flatMap(id -> finished(id).stream().map(job -> Map.entry(id, job)))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
        if (jobs.isEmpty()) {
            throw new UnknownJobException();
        }
        boolean body = !request.getMethod().equals("HEAD");
        try (Channel running = Channels.newChannel(OutputStream.nullOutputStream())) {
            if (body) {
                // before the headers of the file are set, since the error response has others
                downloads.begin(request, running);
            }
            response.setContentType("application/zip");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    FileName.ofZip(together.title()).asAttachment());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private");
            if (body) {
                send(jobs, response.getOutputStream());
            }
        }
    }

    private Optional<JobStatus> finished(UUID id) {
        return statuses.find(id)
                .filter(job -> job.status() == Status.FINISH)
                .filter(job -> store.contains(id, job.output()));
    }

    private void send(Map<UUID, JobStatus> jobs, OutputStream out) throws IOException {
        StoredZip zip = new StoredZip(out);
        for (Map.Entry<UUID, JobStatus> job : jobs.entrySet()) {
            add(zip, job.getKey(), job.getValue());
        }
        zip.finish();
        metrics.counter("youtubemp3.downloads", "outcome", "zip").increment();
    }

    /** Opens one file at a time: a client may take hours. A file that cleanup has removed meanwhile is left out. */
    private void add(StoredZip zip, UUID id, JobStatus job) throws IOException {
        Optional<AudioFile> found = store.open(id, job.output());
        if (found.isPresent()) {
            try (AudioFile file = found.get()) {
                zip.add(file, FileName.of(id, job.output(), job.video(), job.track()));
            }
        }
    }
}
