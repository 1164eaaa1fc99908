package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import youtubemp3.web.address.PublicAddress;

class PublicReachabilityTest {

    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1 ::1, false",
        "'', 127.0.0.1 192.168.1.5 172.17.0.1 fe80::1 fd00::2, false",
        "'', 127.0.0.1 9.9.9.9, true",
        "'', 192.168.1.5 2a00:1450::1, true",
        "0.0.0.0, 9.9.9.9, true",
        "::, 9.9.9.9, true",
        "0.0.0.0, 10.0.0.1, false",
        "127.0.0.1, 9.9.9.9, false",
        "::1, 9.9.9.9, false",
        "192.168.1.5, 9.9.9.9, false",
        "9.9.9.9, 9.9.9.9, true",
    })
    void aProcess(String bound, String machine, boolean isPublic) {
        List<InetAddress> addresses = Arrays.stream(machine.split(" "))
                .map(address -> PublicAddress.parse(address).orElseThrow())
                .toList();

        assertThat(PublicReachability.isPublic(PublicAddress.parse(bound).orElse(null), addresses))
                .isEqualTo(isPublic);
    }

    @ParameterizedTest
    @CsvSource({
        "8080, true",
        "8080-8090, true",
        "127.0.0.1:8080, false",
        "127.0.0.1:8080-8090, false",
        "[::1]:8080, false",
        "::1:8080, false",
        "192.168.1.5:8080, false",
        "10.1.2.3:80, false",
        "0.0.0.0:8080, true",
        "[::]:8080, true",
        "9.9.9.9:8080, true",
        "[2a00:1450::1]:8080, true",
        "example.org:8080, true",
        "nonsense, true",
    })
    void aContainer(String publishedAt, boolean isPublic) {
        assertThat(PublicReachability.isPublic(publishedAt)).isEqualTo(isPublic);
    }
}
