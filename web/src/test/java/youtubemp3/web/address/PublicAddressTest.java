package youtubemp3.web.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
                "168.63.129.15",
                "168.63.129.17",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "198.17.255.255",
                "198.20.0.0",
                "2001:200::1",
                "2003::1",
                "3ffe:ffff::1",
                "2a00:1450:4001:80b::200e",
                "2001:4860:4860::8888",
            })
    void ofTheInternet(String address) {
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
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "240.0.0.1",
                "64:ff9b::168.63.129.16",
                "::ffff:168.63.129.16",
                "::ffff:0:127.0.0.1",
                "100::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
            })
    void ofTheOwnMachineOrNetwork(String address) {
        assertThat(PublicAddress.is(PublicAddress.parse(address).orElseThrow())).isFalse();
    }

    /** Java's own parsers make an IPv4 address of it; one that is made of bytes with a scope stays as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "168.63.129.16"})
    void mappedIntoIPv6ItIsTheSame(String address) throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(InetAddress.getByName(address).getAddress(), 0, mapped, 12, 4);

        assertThat(PublicAddress.is(Inet6Address.getByAddress(null, mapped, -1)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1:2", "img.youtube.com", "0x7f.0.0.1"})
    void aNameIsNotLookedUp(String text) {
        assertThat(PublicAddress.parse(text)).isEmpty();
    }
}
