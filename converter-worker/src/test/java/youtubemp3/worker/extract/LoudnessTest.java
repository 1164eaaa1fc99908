package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoudnessTest {

    @Test
    void whatWasMeasuredIsGivenToTheFilter() {
        assertThat(Loudness.filter(measured("-19.08", "-5.46", "3.80", "-29.22")))
                .isEqualTo("loudnorm=I=-14:TP=-1.5:LRA=11:linear=true:measured_I=-19.08:measured_TP=-5.46"
                        + ":measured_LRA=3.8:measured_thresh=-29.22");
    }

    @Test
    void aValueThatTheFilterRefusesIsTheNearestThatItTakes() {
        assertThat(Loudness.filter(measured("0.40", "7.10", "0.00", "-120.00")))
                .endsWith(":measured_I=0.0:measured_TP=7.1:measured_LRA=0.0:measured_thresh=-99.0");
    }

    @Test
    void silenceIsNotChanged() {
        assertThat(Loudness.filter(measured("-inf", "-inf", "0.00", "-70.00"))).isEqualTo("anull");
    }

    private static String measured(String loudness, String peak, String range, String threshold) {
        return """
                {
                	"input_i" : "%s",
                	"input_tp" : "%s",
                	"input_lra" : "%s",
                	"input_thresh" : "%s",
                	"output_i" : "-14.11",
                	"normalization_type" : "dynamic",
                	"target_offset" : "0.11"
                }
                """.formatted(loudness, peak, range, threshold);
    }
}
