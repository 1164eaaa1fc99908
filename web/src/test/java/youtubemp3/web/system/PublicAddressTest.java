package youtubemp3.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2a00:1450:4001:80b::200e",
                "2001:4860:4860::8888",
            })
    void of_the_internet(String address) {
        assertThat(PublicAddress.is(PublicAddress.parse(address).orElseThrow())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.1.1",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "0:0:0:0:0:ffff:a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1",
                "2001::1",
                "2002:a00:1::",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fe80::1%1",
                "fec0::1",
                "ff02::1",
            })
    void of_the_own_machine_or_network(String address) {
        assertThat(PublicAddress.is(PublicAddress.parse(address).orElseThrow())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1:2", "img.youtube.com", "0x7f.0.0.1"})
    void a_name_is_not_looked_up(String text) {
        assertThat(PublicAddress.parse(text)).isEmpty();
    }
}
