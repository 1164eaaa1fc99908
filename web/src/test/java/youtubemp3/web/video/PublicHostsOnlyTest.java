package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.anything;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import youtubemp3.jobs.VideoId;

/** A name server that lies makes this service ask nobody at home. */
class PublicHostsOnlyTest {

    private final List<String> lookedUp = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"})
    void a_private_address_is_not_asked_even_as_one_of_several(String address) {
        RestClient.Builder client = RestClient.builder();
        MockRestServiceServer youTube = MockRestServiceServer.bindTo(client).build();
        youTube.expect(ExpectedCount.never(), anything());

        assertThatExceptionOfType(YouTubeUnreachableException.class)
                .isThrownBy(() -> exists(client, "142.250.1.1", address))
                .withMessageContaining("img.youtube.com leads into a private network")
                .matches(e -> !e.answered());
        youTube.verify();
    }

    @Test
    void a_public_address_is_asked() {
        RestClient.Builder client = RestClient.builder();
        MockRestServiceServer.bindTo(client)
                .build()
                .expect(anything())
                .andRespond(withSuccess("", MediaType.IMAGE_JPEG));

        assertThat(exists(client, "142.250.1.1", "2a00:1450:4001::1")).isTrue();
        assertThat(lookedUp).containsExactly("img.youtube.com");
    }

    @Test
    void a_host_that_nobody_knows_is_as_good_as_away() {
        assertThatExceptionOfType(YouTubeUnreachableException.class).isThrownBy(() -> exists(RestClient.builder()));
    }

    @Test
    void the_second_look_finds_what_the_first_one_did() {
        new PublicHostsOnly(InetAddress::getAllByName);

        assertThat(Integer.parseInt(Security.getProperty("networkaddress.cache.ttl")))
                .isNotZero();
    }

    private boolean exists(RestClient.Builder client, String... addresses) {
        client.requestInterceptor(new PublicHostsOnly(host -> {
            lookedUp.add(host);
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        }));
        return new ThumbnailProbe(client.build(), 2, new SimpleMeterRegistry()).exists(new VideoId("-aZ_09bcdEF"));
    }
}
