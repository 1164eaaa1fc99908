package youtubemp3.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw -Pchaos verify}: the long run, with the properties {@code chaos.*} (docs/chaos.md). */
@Tag("chaos")
class ChaosTest {

    @Test
    void killedProcessesBreakNoPromise() throws Exception {
        assertThat(ChaosRun.run("chaos", Plan.ofProperties())).isEmpty();
    }
}
