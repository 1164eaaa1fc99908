package youtubemp3.web.home;

import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.JobSettings;
import youtubemp3.web.http.DurationMessage;

/** The page with the form: empty, or with a rejected link and the reason. */
@Component
public class HomePage {

    private final HomeSettings settings;
    private final JobSettings jobs;
    private final MessageSourceAccessor messages;

    HomePage(HomeSettings settings, JobSettings jobs, MessageSourceAccessor messages) {
        this.settings = settings;
        this.jobs = jobs;
        this.messages = messages;
    }

    ModelAndView empty() {
        return page(HttpStatus.OK, "", null);
    }

    /** The form with the submitted text and the reason why it was rejected. */
    public ModelAndView rejected(String typed, String message, HttpStatus status) {
        return page(status, typed, message);
    }

    private ModelAndView page(HttpStatus status, String typed, @Nullable String error) {
        return new ModelAndView("home/index", status)
                .addObject("typed", typed)
                .addObject("error", error)
                .addObject("examples", settings.examples())
                .addObject("kept", messages.getMessage(DurationMessage.of(jobs.keepFinished())));
    }
}
