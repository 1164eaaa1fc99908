package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegTest {

    @Test
    void separatesProgressFromMessages() {
        assertThat(List.of(
                        "bitrate= 192.0kbits/s",
                        "bitrate=N/A",
                        "speed=  40x",
                        "total_size=576",
                        "out_time=00:00:30.008479",
                        "dup_frames=0",
                        "progress=end"))
                .allMatch(line -> Ffmpeg.PROGRESS.matcher(line).matches());
        assertThat(List.of("pipe:0: Invalid data found", "Error writing trailer: No space left on device (size=3)"))
                .noneMatch(line -> Ffmpeg.PROGRESS.matcher(line).matches());
    }
}
