package youtubemp3.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import youtubemp3.jobs.JobSettings.Broker;

/** The chaos run for half a minute on each broker, among the tests that need a Docker engine. */
@Tag("compose")
class ShortChaosTest {

    @ParameterizedTest
    @EnumSource
    void killedProcessesBreakNoPromise(Broker broker) throws Exception {
        Plan plan = new Plan(30, Duration.ofSeconds(30), Duration.ofSeconds(5), 2, "always", broker, Plan.anySeed());

        assertThat(ChaosRun.run("short-chaos-" + broker.name().toLowerCase(Locale.ROOT), plan))
                .isEmpty();
    }
}
