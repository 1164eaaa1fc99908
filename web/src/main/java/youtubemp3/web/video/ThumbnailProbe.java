package youtubemp3.web.video;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import youtubemp3.jobs.VideoId;

/** Asks YouTube for a video's thumbnail: every video has one, and it needs neither a key nor a page of a megabyte. */
class ThumbnailProbe {

    private static final URI HOST = URI.create("https://img.youtube.com");

    private final RestClient client;
    private final int redirects;
    private final MeterRegistry metrics;

    ThumbnailProbe(RestClient client, int redirects, MeterRegistry metrics) {
        this.client = client;
        this.redirects = redirects;
        this.metrics = metrics;
    }

    /**
     * Whether YouTube knows the video.
     *
     * @throws YouTubeUnreachableException when it did not say
     */
    boolean exists(VideoId video) {
        try {
            boolean exists = ask(HOST.resolve("/vi/" + video.value() + "/0.jpg"));
            count(exists ? "exists" : "missing");
            return exists;
        } catch (YouTubeUnreachableException e) {
            count(e.answered() ? "bad_answer" : "no_answer");
            throw e;
        }
    }

    private boolean ask(URI first) {
        URI address = first;
        for (int followed = 0; followed <= redirects; followed++) {
            Reply reply = ask(HttpMethod.HEAD, address);
            if (reply.refusesHead()) {
                reply = ask(HttpMethod.GET, address);
            }
            if (!reply.isRedirect()) {
                return reply.exists();
            }
            address = reply.target(address);
        }
        throw YouTubeUnreachableException.badAnswer("more than " + redirects + " redirects");
    }

    private Reply ask(HttpMethod method, URI address) {
        try {
            return client.method(method).uri(address).exchange((request, response) -> Reply.of(response));
        } catch (RestClientException e) {
            throw YouTubeUnreachableException.noAnswer(e);
        }
    }

    private void count(String outcome) {
        metrics.counter("youtubemp3.video.probes", "outcome", outcome).increment();
    }

    private record Reply(
            int status, @Nullable String location, @Nullable String type) {

        static Reply of(ClientHttpResponse response) throws IOException {
            // nobody looks at the picture: closed, the rest of it is not fetched
            response.getBody().close();
            return new Reply(
                    response.getStatusCode().value(),
                    response.getHeaders().getFirst("Location"),
                    response.getHeaders().getFirst("Content-Type"));
        }

        boolean refusesHead() {
            return status == 405 || status == 501;
        }

        boolean isRedirect() {
            return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        }

        boolean exists() {
            if (status == 404) {
                return false;
            }
            if (status != 200) {
                throw YouTubeUnreachableException.badAnswer("status " + status);
            }
            // a consent page or a portal's says nothing about the video
            if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("image/")) {
                throw YouTubeUnreachableException.badAnswer("something that is no picture");
            }
            return true;
        }

        URI target(URI from) {
            try {
                URI target = location == null ? null : from.resolve(location);
                if (target != null && isSameHost(target)) {
                    return target;
                }
            } catch (IllegalArgumentException e) {
                // no address at all: said below
            }
            throw YouTubeUnreachableException.badAnswer("a redirect to somewhere else");
        }

        private static boolean isSameHost(URI target) {
            String authority = target.getRawAuthority();
            return "https".equalsIgnoreCase(target.getScheme())
                    && authority != null
                    && authority.toLowerCase(Locale.ROOT).equals(HOST.getAuthority());
        }
    }
}
