package youtubemp3.web.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.VideoId;

/** Whatever answers in YouTube's place: only its own host is asked, only a clear answer counts, and no picture is read. */
@AddLifecycleHook(ManyCases.class)
class ThumbnailProbeProperties {

    /**
     * One answer.
     *
     * @param location null for none
     * @param type null for none
     */
    record Reply(int status, String location, String type) {}

    @Property(tries = 300)
    void asksNobodyElseAndReadsNoPicture(@ForAll @Size(2) List<@From("replies") Reply> replies) {
        List<URI> asked = new ArrayList<>();
        List<Endless> bodies = new ArrayList<>();
        ClientHttpRequestFactory youTube = (address, method) -> {
            Reply reply = replies.get(asked.size());
            asked.add(address);
            MockClientHttpRequest request = new MockClientHttpRequest(method, address);
            Endless body = new Endless();
            bodies.add(body);
            request.setResponse(response(reply, body));
            return request;
        };
        ThumbnailProbe thumbnails =
                new ThumbnailProbe(RestClient.builder().requestFactory(youTube).build(), new SimpleMeterRegistry());

        boolean[] exists = new boolean[1];
        Throwable thrown = catchThrowable(() -> exists[0] = thumbnails.exists(new VideoId("-aZ_09bcdEF")));

        assertThat(asked).hasSizeBetween(1, 2).allSatisfy(address -> {
            assertThat(address.getScheme()).isEqualToIgnoringCase("https");
            assertThat(address.getRawAuthority()).isEqualToIgnoringCase("img.youtube.com");
        });
        assertThat(bodies).allSatisfy(body -> assertThat(body.read).isZero());
        Reply last = replies.get(asked.size() - 1);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(YouTubeUnreachableException.class);
        } else if (exists[0]) {
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.type())
                    .satisfiesAnyOf(
                            type -> assertThat(type).isNull(),
                            type -> assertThat(type).startsWithIgnoringCase("image/"));
        } else {
            assertThat(last.status()).isEqualTo(404);
        }
    }

    private static ClientHttpResponse response(Reply reply, InputStream body) {
        MockClientHttpResponse response = new MockClientHttpResponse(body, HttpStatusCode.valueOf(reply.status()));
        if (reply.location() != null) {
            response.getHeaders().set("Location", reply.location());
        }
        if (reply.type() != null) {
            response.getHeaders().set("Content-Type", reply.type());
        }
        return response;
    }

    /** A picture without an end. */
    private static final class Endless extends InputStream {

        private long read;

        @Override
        public int read() {
            read++;
            return 0xff;
        }
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<Integer> statuses = Arbitraries.oneOf(
                Arbitraries.of(200, 301, 302, 303, 307, 308, 404, 405, 501),
                Arbitraries.integers().between(200, 599));
        Arbitrary<String> pieces = Arbitraries.of(
                        "https://",
                        "http://",
                        "//",
                        "/",
                        "\\",
                        "img.youtube.com",
                        "IMG.YouTube.com",
                        "evil.org",
                        "@",
                        ":443",
                        ":",
                        "127.0.0.1",
                        "[::1]",
                        "169.254.169.254",
                        "file:///etc/passwd",
                        "/vi/x/0.jpg",
                        "?",
                        "#",
                        "%",
                        "%2f",
                        "..",
                        " ",
                        "\u3002",
                        ".",
                        "x",
                        "\u0000")
                .list()
                .ofMaxSize(5)
                .map(list -> String.join("", list));
        Arbitrary<String> locations = Arbitraries.oneOf(
                        Arbitraries.of(
                                "https://img.youtube.com/a", "/b", "c", "//img.youtube.com/d", "https://evil.org/"),
                        pieces,
                        Arbitraries.strings().ofMaxLength(20))
                .injectNull(0.1);
        Arbitrary<String> types = Arbitraries.oneOf(
                        Arbitraries.of(
                                "image/jpeg",
                                "image/webp",
                                "IMAGE/JPEG",
                                "text/html; charset=utf-8",
                                "image",
                                "/",
                                ";",
                                "image/"),
                        Arbitraries.strings().ofMaxLength(12))
                .injectNull(0.1);
        return Combinators.combine(statuses, locations, types).as(Reply::new);
    }
}
