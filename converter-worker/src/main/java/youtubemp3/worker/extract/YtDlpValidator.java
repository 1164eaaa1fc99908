package youtubemp3.worker.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Role;
import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.process.OutputTail;

/**
 * Lets yt-dlp itself check the further arguments and the plugin folder when the settings are bound: only yt-dlp knows which words are
 * values of options. A word that is neither an option nor a value would be another video to yt-dlp, and every job would fail.
 */
@Component(EnableConfigurationProperties.VALIDATOR_BEAN_NAME)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class YtDlpValidator implements Validator {

    private static final Logger log = LoggerFactory.getLogger(YtDlpValidator.class);
    private static final long TIMEOUT_SECONDS = 20;

    @Override
    public boolean supports(Class<?> type) {
        return type == WorkerSettings.class;
    }

    @Override
    public void validate(Object target, Errors errors) {
        WorkerSettings settings = (WorkerSettings) target;
        List<String> arguments = settings.ytDlpArguments().values();
        if (settings.pluginFolder() != null) {
            check(settings, List.of(), "pluginFolder", errors);
        }
        if (arguments.contains("--")) {
            errors.rejectValue("ytDlpArguments", "refused", "-- would end the options");
        } else if (!arguments.isEmpty() && !errors.hasErrors()) {
            check(settings, arguments, "ytDlpArguments", errors);
        }
    }

    private static void check(WorkerSettings settings, List<String> arguments, String property, Errors errors) {
        try {
            Process process =
                    YtDlp.check(settings, arguments).redirectErrorStream(true).start();
            CompletableFuture<Process> inTime = process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            inTime.whenComplete((done, late) -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
            OutputTail output = new OutputTail();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(output::add);
            }
            int exit = process.onExit().join().exitValue();
            if (inTime.isCompletedExceptionally()) {
                log.warn("The arguments of yt-dlp were not checked within {} s", TIMEOUT_SECONDS);
            } else if (exit != YtDlp.USAGE || !output.text().contains(YtDlp.NO_VIDEO)) {
                errors.rejectValue(property, "refused", "yt-dlp does not accept this: " + output.tail());
            }
        } catch (IOException e) {
            // yt-dlp is missing, which jobs and heartbeats report
            log.warn("The arguments of yt-dlp cannot be checked: {}", e.getMessage());
        }
    }
}
