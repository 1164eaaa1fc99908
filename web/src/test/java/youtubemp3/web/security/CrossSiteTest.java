package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** What another site makes a browser send does nothing; what our own pages send does, with and without scripts. */
@ExtendWith(OutputCaptureExtension.class)
class CrossSiteTest extends RunningWeb {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String STREAM = "{jobs}:stream";

    @BeforeEach
    void emptyTheQueueAndAddAVideo() {
        redis.delete(STREAM);
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, http://evil.example",
        "Origin, https://127.0.0.1.evil.example",
        // a page that hides its site
        "Origin, null",
    })
    void anotherSiteIsRefused(String header, String value) {
        for (String type : new String[] {JSON, FORM, "text/plain", "multipart/form-data; boundary=x"}) {
            HttpResponse<String> response =
                    post("/submit", type, "{\"video_url\":\"there000001\"}", header, value, "Accept", JSON);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body())
                    .isEqualTo("{\"data\":{},\"message\":\"This does not come from our own page.\","
                            + "\"message_code\":\"CROSS_SITE\",\"error_fields\":{}}");
        }
        HttpResponse<String> browser =
                post("/submit", FORM, "video_url=there000001", header, value, "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(403);
        assertThat(browser.body()).startsWith("<!DOCTYPE html>");
        assertThat(send(request("/nothing", header, value).method("DELETE", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(redis.opsForStream().size(STREAM)).isZero();
        // links from elsewhere are what the web is made of
        assertThat(get("/", header, value).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ourOwnPageIsNotRefused(String site) {
        assertThat(json("Sec-Fetch-Site", site).statusCode()).isEqualTo(201);
        assertThat(form("Sec-Fetch-Site", site).statusCode()).isEqualTo(303);
    }

    @Test
    void ourOwnPageIsKnownByItsOriginToo() {
        String origin = address("").toString();
        assertThat(json("Origin", origin).statusCode()).isEqualTo(201);
        assertThat(form("Origin", origin).statusCode()).isEqualTo(303);
    }

    @Test
    void aClientThatIsNotABrowserPasses() {
        assertThat(json("Accept", "*/*").statusCode()).isEqualTo(201);
        assertThat(form("Accept", "*/*").statusCode()).isEqualTo(303);
    }

    @Test
    void noOtherSiteIsAllowedToSendJson() {
        HttpResponse<String> question = send(request(
                        "/submit",
                        "Origin",
                        "null",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(question.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-allow"));
    }

    @Test
    void noCookieIsSetAndTlsIsNotPromisedWhereThereIsNone() {
        for (HttpResponse<String> response :
                List.of(get("/"), form("Origin", "null"), json("Accept", "*/*"), get("/nothing"))) {
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    @Test
    void aPublicPortWithoutAPasswordIsReported(CapturedOutput output) throws Exception {
        warn(new AccessSettings(null, List.of(), "8080", List.of()), "");
        assertThat(output).contains("requires no password").doesNotContain("proxy is trusted");
    }

    @Test
    void aWayPastTheTrustedProxyIsReported(CapturedOutput output) throws Exception {
        warn(new AccessSettings("a long password", List.of(), "8080", List.of()), "172.18.0.1");
        assertThat(output).contains("proxy is trusted").doesNotContain("172.18");
    }

    @Test
    void aProxyThatAloneReachesThePortIsNotReported(CapturedOutput output) throws Exception {
        warn(new AccessSettings("a long password", List.of(), "127.0.0.1:8080", List.of()), "172.18.0.1");
        warn(new AccessSettings("a long password", List.of(), "8080", List.of()), " ");
        assertThat(output).doesNotContain("proxy is trusted");
    }

    private static void warn(AccessSettings settings, String proxies) throws SocketException {
        TomcatServerProperties tomcat = new TomcatServerProperties();
        tomcat.getRemoteip().setInternalProxies(proxies);
        new StartupSecurityWarnings(settings, new ServerProperties(), tomcat).warn();
    }

    private HttpResponse<String> json(String... headers) {
        return post("/submit", JSON, "{\"video_url\":\"there000001\"}", headers);
    }

    private HttpResponse<String> form(String... headers) {
        return post("/submit", FORM, "video_url=there000001", headers);
    }
}
