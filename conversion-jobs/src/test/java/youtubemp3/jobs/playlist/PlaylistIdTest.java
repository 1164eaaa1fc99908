package youtubemp3.jobs.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import youtubemp3.jobs.VideoId;

class PlaylistIdTest {

    private static final VideoId VIDEO = new VideoId("-w4w9WgXc_Q");

    @ParameterizedTest
    @CsvSource({
        "PLBB231211A4F62143, false, https://www.youtube.com/playlist?list=PLBB231211A4F62143",
        "OLAK5uy_m4xAFdmMC5rX3Ji3g93pQe3hqLZw_9LhM, false,"
                + "https://www.youtube.com/playlist?list=OLAK5uy_m4xAFdmMC5rX3Ji3g93pQe3hqLZw_9LhM",
        "RDCLAK5uy_kmPRjHDECIcuVwnKsx2Ng7, false, https://www.youtube.com/playlist?list=RDCLAK5uy_kmPRjHDECIcuVwnKsx2Ng7",
        "RD-w4w9WgXc_Q, true, https://www.youtube.com/watch?v=-w4w9WgXc_Q&list=RD-w4w9WgXc_Q",
        "RDAMVM-w4w9WgXc_Q, true, https://www.youtube.com/watch?v=-w4w9WgXc_Q&list=RDAMVM-w4w9WgXc_Q",
        "RDMM.-w4w9WgXc_Q, true, https://www.youtube.com/watch?v=-w4w9WgXc_Q&list=RDMM",
        "RDEMkpjr6wVZZAA0tUcZUxW9Zw.-w4w9WgXc_Q, true,"
                + "https://www.youtube.com/watch?v=-w4w9WgXc_Q&list=RDEMkpjr6wVZZAA0tUcZUxW9Zw"
    })
    void hasOneTextAndOneAddress(String text, boolean mix, String address) {
        PlaylistId id = PlaylistId.parse(text).orElseThrow();

        assertThat(id).hasToString(text);
        assertThat(id.isMix()).isEqualTo(mix);
        assertThat(id.address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WL",
                "LL",
                "PL",
                "RDMM",
                "RD1234567890",
                "PLBB231211A4F62143\n",
                "PLBB231211A4F62143&v=1",
                "--exec=aaaaaaaa",
                "PLBB231211A4F62143.-w4w9WgXc_Q",
                "RD-w4w9WgXc_Q.-w4w9WgXc_Q",
                "RDMM.short",
                "PL0123456789012345678901234567890123456789012345678901234567890123"
            })
    void otherTextIsNoId(String text) {
        assertThat(PlaylistId.parse(text)).isEmpty();
    }

    @Test
    void onlyAMixHasAVideo() {
        assertThat(PlaylistId.of("RDMM", VIDEO)).contains(new PlaylistId("RDMM", VIDEO));
        assertThat(PlaylistId.of("PLBB231211A4F62143", VIDEO)).contains(new PlaylistId("PLBB231211A4F62143", null));
        assertThat(PlaylistId.of("RD" + VIDEO, null)).contains(new PlaylistId("RD" + VIDEO, VIDEO));
        assertThat(PlaylistId.of("RDMM", null)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new PlaylistId("RDMM", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlaylistId("WL", null));
    }
}
