package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.web.address.ClientAddress;
import youtubemp3.web.home.HomePage;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.output.OutputChoice;

/** Accepts a link from an HTML form. On an error it renders the form again, with what was typed and the message. */
@Controller
class SubmitFormController {

    private final OutputChoice output;
    private final SubmissionService submissions;
    private final HomePage home;
    private final SubmissionMetrics metrics;
    private final MessageSourceAccessor messages;

    SubmitFormController(
            OutputChoice output,
            SubmissionService submissions,
            HomePage home,
            SubmissionMetrics metrics,
            MessageSourceAccessor messages) {
        this.output = output;
        this.submissions = submissions;
        this.home = home;
        this.metrics = metrics;
        this.messages = messages;
    }

    @PostMapping(path = "/submit", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Nullable
    ModelAndView submit(HttpServletRequest request, HttpServletResponse response) {
        SubmitRequest form = new SubmitRequest("", Map.of());
        try {
            form = SubmitRequest.ofForm(request);
            Submission submission =
                    submissions.submit(form.link(), output.of(form.options()), ClientAddress.of(request));
            metrics.count(MessageCode.ENQUEUED);
            return seeOther(submission.page(), response);
        } catch (PlaylistLinkException e) {
            metrics.count(e.code());
            return seeOther(e.page(), response);
        } catch (CodedException e) {
            metrics.count(e.code());
            e.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
            return home.rejected(
                    form.link(),
                    form.options(),
                    e.field().orElse(SubmissionRejectedException.FIELD),
                    messages.getMessage(e.message()),
                    e.status());
        }
    }

    private static @Nullable ModelAndView seeOther(String page, HttpServletResponse response) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, page);
        return null;
    }
}
