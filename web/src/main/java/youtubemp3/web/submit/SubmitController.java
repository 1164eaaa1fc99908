package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import youtubemp3.jobs.playlist.PlaylistId;
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
            SubmitRequest form = SubmitRequest.ofJson(request);
            Submission submission =
                    submissions.submit(form.link(), output.of(form.options()), ClientAddress.of(request));
            metrics.count(MessageCode.ENQUEUED);
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.LOCATION, submission.download());
            String message = messages.getMessage(MessageCode.ENQUEUED);
            return ApiResponse.of(MessageCode.ENQUEUED, message, data(submission))
                    .as(HttpStatus.CREATED, headers);
        } catch (CodedException e) {
            metrics.count(e.code());
            throw e;
        }
    }

    private static Map<String, String> data(Submission submission) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("filename", submission.job().toString());
        data.put("wish", submission.wish().toString());
        PlaylistId playlist = submission.playlist();
        if (playlist != null) {
            data.put("playlist", playlist.toString());
        }
        return data;
    }
}
