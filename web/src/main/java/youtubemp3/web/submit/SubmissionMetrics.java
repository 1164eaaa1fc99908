package youtubemp3.web.submit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import youtubemp3.web.http.MessageCode;

/** Counts submissions by their outcome. */
@Component
class SubmissionMetrics {

    private final MeterRegistry metrics;

    SubmissionMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void count(MessageCode code) {
        metrics.counter("youtubemp3.submissions", "message_code", code.name()).increment();
    }
}
