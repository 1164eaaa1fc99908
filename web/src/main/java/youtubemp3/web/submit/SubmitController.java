package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import youtubemp3.jobs.Job;
import youtubemp3.web.address.ClientAddress;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.output.OutputChoice;

/** Accepts a link as JSON, from scripts and from the page's own script. */
@RestController
class SubmitController {

    private final OutputChoice output;
    private final SubmissionService submissions;
    private final SubmissionMetrics metrics;
    private final MessageSourceAccessor messages;

    SubmitController(
            OutputChoice output,
            SubmissionService submissions,
            SubmissionMetrics metrics,
            MessageSourceAccessor messages) {
        this.output = output;
        this.submissions = submissions;
        this.metrics = metrics;
        this.messages = messages;
    }

    @PostMapping(
            path = "/submit",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    ResponseEntity<Object> submit(HttpServletRequest request) {
        try {
            SubmitRequest wish = SubmitRequest.ofJson(request);
            Job job = submissions.submit(wish.link(), output.of(wish.options()), ClientAddress.of(request));
            metrics.count(MessageCode.ENQUEUED);
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.LOCATION, download(job));
            String message = messages.getMessage(MessageCode.ENQUEUED);
            return ApiResponse.of(
                            MessageCode.ENQUEUED,
                            message,
                            Map.of("filename", job.id().toString()))
                    .as(HttpStatus.CREATED, headers);
        } catch (CodedException e) {
            metrics.count(e.code());
            throw e;
        }
    }

    /** The link to the job's file, relative to {@code /submit}. */
    static String download(Job job) {
        return "download-music/" + job.id();
    }
}
