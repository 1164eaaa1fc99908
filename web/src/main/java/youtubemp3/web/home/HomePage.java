package youtubemp3.web.home;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.JobSettings;
import youtubemp3.web.http.DurationMessage;
import youtubemp3.web.operations.RunningWorkers;

/** The page with the form: empty, or with a rejected link and the reason. */
@Component
public class HomePage {

    private final HomeSettings settings;
    private final JobSettings jobs;
    private final RunningWorkers workers;
    private final MessageSourceAccessor messages;

    HomePage(HomeSettings settings, JobSettings jobs, RunningWorkers workers, MessageSourceAccessor messages) {
        this.settings = settings;
        this.jobs = jobs;
        this.workers = workers;
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
                .addObject("kept", messages.getMessage(DurationMessage.of(jobs.keepFinished())))
                .addObject("ytDlp", ytDlp());
    }

    /** The workers' yt-dlp, from the oldest to the newest; null without a worker. */
    private @Nullable String ytDlp() {
        List<String> versions = workers.ytDlpVersions();
        if (versions.isEmpty()) {
            return null;
        }
        Object[] oldestAndNewest = {versions.get(0), versions.get(versions.size() - 1)};
        return messages.getMessage(versions.size() == 1 ? "page.home.yt-dlp" : "page.home.yt-dlps", oldestAndNewest);
    }
}
