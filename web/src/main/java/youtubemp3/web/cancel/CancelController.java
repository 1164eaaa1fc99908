package youtubemp3.web.cancel;

import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import youtubemp3.jobs.JobId;
import youtubemp3.jobs.status.Wishes;
import youtubemp3.jobs.status.Wishes.Outcome;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.LogContext;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.progress.UnknownJobException;

/** Takes a submission back. The job is withdrawn only with the last one, as several clients may have submitted it. */
@Controller
class CancelController {

    private static final Logger log = LoggerFactory.getLogger(CancelController.class);

    private final Wishes wishes;
    private final MessageSourceAccessor messages;

    CancelController(Wishes wishes, MessageSourceAccessor messages) {
        this.wishes = wishes;
        this.messages = messages;
    }

    @PostMapping("/cancel/{id}/{wish}")
    ResponseEntity<Object> cancel(@PathVariable String id, @PathVariable String wish) {
        takeBack(id, wish);
        return ApiResponse.of(MessageCode.CANCELLED, messages.getMessage(MessageCode.CANCELLED), Map.of("filename", id))
                .as(HttpStatus.OK, HttpHeaders.EMPTY);
    }

    /** From the page's button, which works without a script. */
    @PostMapping(path = "/cancel/{id}/{wish}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> cancelByForm(@PathVariable String id, @PathVariable String wish) {
        takeBack(id, wish);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "../../")
                .build();
    }

    private void takeBack(String id, String wish) {
        UUID job = JobId.parse(id).orElseThrow(UnknownJobException::new);
        MDC.put(LogContext.JOB, job.toString());
        Outcome outcome =
                JobId.parse(wish).map(known -> wishes.takeBack(job, known)).orElse(Outcome.UNKNOWN);
        switch (outcome) {
            case UNKNOWN -> throw new UnknownJobException();
            case WITHDRAWN -> log.info("Job {} was withdrawn", job);
            case TAKEN_BACK -> log.info("A submission of job {} was taken back; others want it", job);
        }
    }
}
