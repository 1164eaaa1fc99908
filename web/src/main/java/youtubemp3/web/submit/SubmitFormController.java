package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.address.ClientAddress;
import youtubemp3.web.home.HomePage;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Accepts a link from an HTML form. On an error it renders the form again, with the link and the message. */
@Controller
class SubmitFormController {

    private final SubmissionService submissions;
    private final HomePage home;
    private final SubmissionMetrics metrics;
    private final MessageSourceAccessor messages;

    SubmitFormController(
            SubmissionService submissions, HomePage home, SubmissionMetrics metrics, MessageSourceAccessor messages) {
        this.submissions = submissions;
        this.home = home;
        this.metrics = metrics;
        this.messages = messages;
    }

    @PostMapping(path = "/submit", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Nullable
    ModelAndView submit(HttpServletRequest request, HttpServletResponse response) {
        String link = "";
        try {
            link = SubmitRequest.linkInForm(request);
            Submission submission = submissions.submit(link, OutputOptions.DEFAULT, ClientAddress.of(request));
            metrics.count(MessageCode.ENQUEUED);
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, submission.download() + "?wish=" + submission.wish());
            return null;
        } catch (CodedException e) {
            metrics.count(e.code());
            e.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
            return home.rejected(link, messages.getMessage(e.message()), e.status());
        }
    }
}
