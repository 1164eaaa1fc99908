package youtubemp3.web.home;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.DurationMessage;
import youtubemp3.web.operations.RunningWorkers;
import youtubemp3.web.output.OptionsForm;
import youtubemp3.web.output.OutputChoice;

/** The page with the form: empty, or with what was rejected and the reason. */
@Component
public class HomePage {

    private static final String LINK = "video_url";

    private final HomeSettings settings;
    private final JobSettings jobs;
    private final OutputChoice output;
    private final OptionsForm form;
    private final RunningWorkers workers;
    private final MessageSourceAccessor messages;

    HomePage(
            HomeSettings settings,
            JobSettings jobs,
            OutputChoice output,
            OptionsForm form,
            RunningWorkers workers,
            MessageSourceAccessor messages) {
        this.settings = settings;
        this.jobs = jobs;
        this.output = output;
        this.form = form;
        this.workers = workers;
        this.messages = messages;
    }

    ModelAndView empty() {
        return page(HttpStatus.OK, "", Map.of());
    }

    /**
     * The form with what was submitted and the reason why it was rejected.
     *
     * @param link the submitted text
     * @param options the submitted fields of {@link OutputOptions}
     * @param field the field that the message is about
     */
    public ModelAndView rejected(
            String link, Map<String, String> options, String field, String message, HttpStatus status) {
        return page(status, link, options)
                .addObject("error", message)
                // the page of a client that knows another choice may have had the field
                .addObject("errorField", output.offers(field) ? field : LINK);
    }

    private ModelAndView page(HttpStatus status, String link, Map<String, String> options) {
        return new ModelAndView("home/index", status)
                .addObject("link", link)
                .addAllObjects(form.ofVideo(options))
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
