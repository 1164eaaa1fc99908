package youtubemp3.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "127.0.0.1, 127.0.0.1",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:2::, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "203.0.113.7:50123, 203.0.113.7",
        "' 203.0.113.7 ', 203.0.113.7",
        "[2001:db8:1:2::7]:50123, 2001:db8:1:2:0:0:0:0/64",
        "[2001:db8:1:2::7], 2001:db8:1:2:0:0:0:0/64",
        "[fe80::1%eth0]:50123, fe80:0:0:0:0:0:0:0/64",
        "fe80::1%no-such-card, fe80:0:0:0:0:0:0:0/64",
        "::ffff:203.0.113.7%7, 203.0.113.7",
        "no:address, unknown",
        "host.example, unknown",
        "host.example:50123, unknown",
        "_hidden:7, unknown",
        "1.2.3:7, unknown",
        "300.1.1.1, unknown",
        "1.2.3.4:x, unknown",
        "[1.2.3.4, unknown",
        "'', unknown",
    })
    void whoCountsAsOne(String address, String counted) {
        assertThat(ClientAddress.of(address)).isEqualTo(counted);
    }
}
