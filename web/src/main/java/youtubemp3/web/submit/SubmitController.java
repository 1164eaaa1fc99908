package youtubemp3.web.submit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.Job;
import youtubemp3.web.home.HomePage;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.ClientAddress;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.security.FormTokens;
import youtubemp3.web.security.RequestOrigin;

/** Takes a link: as JSON from scripts and from our own script, as a plain form from browsers without. */
@Controller
class SubmitController {

    private static final String SEND_AGAIN =
            "The page with this form was open for too long, or is not ours. Please send the form again.";

    private final SubmissionService submission;
    private final HomePage home;
    private final FormTokens tokens;
    private final MeterRegistry metrics;

    SubmitController(SubmissionService submission, HomePage home, FormTokens tokens, MeterRegistry metrics) {
        this.submission = submission;
        this.home = home;
        this.tokens = tokens;
        this.metrics = metrics;
    }

    @PostMapping(
            path = "/submit",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    ResponseEntity<ApiResponse> json(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Job job = submission.submit(SubmitRequest.linkInJson(request), ClientAddress.of(request));
            count(MessageCode.ENQUEUED);
            response.setHeader(HttpHeaders.LOCATION, download(job));
            return ApiResponse.of(
                            MessageCode.ENQUEUED, Map.of("filename", job.id().toString()))
                    .as(HttpStatus.CREATED);
        } catch (SubmissionRejectedException refusal) {
            count(refusal.answer().messageCode());
            return refusal.response();
        }
    }

    @PostMapping(path = "/submit", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Nullable
    ModelAndView form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String link = "";
        try {
            SubmitRequest.Form form = SubmitRequest.Form.read(request);
            link = form.link();
            requireOurs(request, form.token());
            Job job = submission.submit(link, ClientAddress.of(request));
            count(MessageCode.ENQUEUED);
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, download(job));
            return null;
        } catch (SubmissionRejectedException refusal) {
            ApiResponse answer = refusal.answer();
            count(answer.messageCode());
            refusal.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
            return home.refused(link, answer.message(), refusal.status());
        }
    }

    /** A browser that does not say who made it send the form has to show a token of a page of ours. */
    private void requireOurs(HttpServletRequest request, String token) {
        if (RequestOrigin.of(request) != RequestOrigin.UNKNOWN) {
            return;
        }
        switch (tokens.check(token, request)) {
            case VALID -> {}
            case INVALID -> throw SubmissionRejectedException.of(MessageCode.CROSS_SITE, SEND_AGAIN);
            case UNCLEAR -> throw SubmissionRejectedException.of(MessageCode.UNAVAILABLE);
        }
    }

    /** Relative, as all addresses of ours; seen from /submit. */
    private static String download(Job job) {
        return "download-music/" + job.id();
    }

    private void count(MessageCode code) {
        metrics.counter("youtubemp3.submissions", "message_code", code.name()).increment();
    }
}
