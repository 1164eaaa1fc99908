package youtubemp3.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import youtubemp3.jobs.JobSettings.Broker;

/** The chaos run for three quarters of a minute, among the tests that need a Docker engine. */
@Tag("compose")
class ShortChaosTest {

    @Test
    void killedProcessesBreakNoPromise() throws Exception {
        Plan plan =
                new Plan(40, Duration.ofSeconds(45), Duration.ofSeconds(5), 2, "always", Broker.REDIS, Plan.anySeed());

        assertThat(ChaosRun.run("short-chaos", plan)).isEmpty();
    }
}
