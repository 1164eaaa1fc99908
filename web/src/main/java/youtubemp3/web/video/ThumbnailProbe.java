package youtubemp3.web.video;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import youtubemp3.jobs.VideoId;

/** Asks YouTube for the thumbnail of a video: each video has one, and the request needs no API key and no large page. */
class ThumbnailProbe {

    static final URI HOST = URI.create("https://img.youtube.com");

    private final RestClient client;
    private final MeterRegistry metrics;

    ThumbnailProbe(RestClient client, MeterRegistry metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    /**
     * Returns whether the video exists.
     *
     * @throws YouTubeUnreachableException when YouTube sends no response, or one that does not tell
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

    private boolean ask(URI address) {
        Reply reply = ask(HttpMethod.HEAD, address);
        return (reply.refusesHead() ? ask(HttpMethod.GET, address) : reply).exists();
    }

    private Reply ask(HttpMethod method, URI address) {
        try {
            return client.method(method).uri(address).exchange((request, response) -> Reply.of(response));
        } catch (RestClientException e) {
            throw YouTubeUnreachableException.noAnswer(e);
        } catch (FilteredHostException e) {
            // also thrown when DNS does not know the host
            throw YouTubeUnreachableException.noAnswer(new ConnectException(e.getHost() + " has no public address"));
        }
    }

    private void count(String outcome) {
        metrics.counter("youtubemp3.video.probes", "outcome", outcome).increment();
    }

    private record Reply(int status, @Nullable String type) {

        static Reply of(ClientHttpResponse response) throws IOException {
            // closed, so that the picture is not fetched
            response.getBody().close();
            return new Reply(
                    response.getStatusCode().value(), response.getHeaders().getFirst("Content-Type"));
        }

        boolean refusesHead() {
            return status == 405 || status == 501;
        }

        boolean exists() {
            if (status == 404) {
                return false;
            }
            if (status != 200) {
                throw YouTubeUnreachableException.badAnswer("status " + status);
            }
            // a captive portal or a consent page tells nothing about the video
            if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("image/")) {
                throw YouTubeUnreachableException.badAnswer("a type other than a picture");
            }
            return true;
        }
    }
}
