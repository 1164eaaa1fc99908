package youtubemp3.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::9, 2001:db8:1:3:0:0:0:0/64",
        "fe80::1%7, fe80:0:0:0:0:0:0:0/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "unknown, unknown",
        "un:known, un:known",
    })
    void a_household_has_one_address(String address, String counted) {
        assertThat(ClientAddress.of(address)).isEqualTo(counted);
    }
}
