package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.web.MockHttpServletRequest;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.status.JobStatuses;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;
import youtubemp3.web.security.FormTokens.Verdict;

/** What another site makes a browser send does nothing; what our own pages send does, with and without scripts. */
@ExtendWith(OutputCaptureExtension.class)
class CrossSiteTest extends RunningWeb {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern FIELD = Pattern.compile("name=\"form_token\" autocomplete=\"off\" value=\"([^\"]*)\"");
    private static final String STREAM = "{jobs}:stream";

    @Autowired
    private JobStatuses statuses;

    @BeforeEach
    void an_empty_queue_and_one_video() {
        redis.delete(STREAM);
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, http://evil.example",
        "Origin, https://127.0.0.1.evil.example",
    })
    void another_site_is_refused(String header, String value) {
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
    void our_own_page_is_not(String site) {
        assertThat(json("Sec-Fetch-Site", site).statusCode()).isEqualTo(201);
        assertThat(form("", "Sec-Fetch-Site", site).statusCode()).isEqualTo(303);
    }

    @Test
    void our_own_page_is_known_by_its_origin_too() {
        String origin = address("").toString();
        assertThat(json("Origin", origin).statusCode()).isEqualTo(201);
        assertThat(form("", "Origin", origin).statusCode()).isEqualTo(303);
    }

    @Test
    void json_of_whoever_does_not_say_passes_since_no_browser_sends_it_unasked() {
        assertThat(json("Accept", "*/*").statusCode()).isEqualTo(201);
        assertThat(json("Origin", "null").statusCode()).isEqualTo(201);

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
    void a_form_of_whoever_does_not_say_needs_the_token_of_the_page() {
        String token = token(get("/"));

        assertThat(token).isNotEmpty();
        assertThat(form(token, "Origin", "null").statusCode()).isEqualTo(303);
        assertThat(form(token, "Accept", "*/*").statusCode()).isEqualTo(303);
        assertThat(redis.opsForStream().size(STREAM)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1.x", "0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "9999999999999.A", "\u0000"})
    void without_it_the_form_comes_back_and_can_be_sent_again(String token) {
        HttpResponse<String> refused = form(token, "Origin", "null");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("value=\"there000001\"", "Please send the form again.");
        assertThat(redis.opsForStream().size(STREAM)).isZero();
        assertThat(form(token(refused), "Origin", "null").statusCode()).isEqualTo(303);
    }

    @Test
    void every_form_has_one() {
        UUID waiting = UUID.randomUUID();
        statuses.onQueue(new Job(waiting, new VideoId("there000001")));
        UUID failed = UUID.randomUUID();
        statuses.onQueue(new Job(failed, new VideoId("there000001")));
        statuses.fail(failed, statuses.begin(failed, 1).orElseThrow(), new Failure("PRIVATE", "Private."));

        for (String path : new String[] {"/", "/download-music/" + waiting, "/download-music/" + failed}) {
            String page = get(path).body();
            assertThat(page.split("<form ").length)
                    .as(path)
                    .isEqualTo(FIELD.matcher(page)
                                    .results()
                                    .filter(field -> !field.group(1).isEmpty())
                                    .count()
                            + 1)
                    .isGreaterThan(1);
        }
    }

    @Test
    void a_token_is_of_one_client_and_one_day() {
        Instant now = Instant.now();
        FormTokens tokens = at(now);
        MockHttpServletRequest mine = client("203.0.113.7");
        String token = tokens.issue(mine);

        assertThat(tokens.check(token, mine)).isEqualTo(Verdict.VALID);
        assertThat(tokens.check(token, client("203.0.113.8"))).isEqualTo(Verdict.INVALID);
        assertThat(tokens.check("1" + token, mine)).isEqualTo(Verdict.INVALID);
        // another replica, with a clock of its own
        assertThat(at(now.plus(Duration.ofHours(23))).check(token, mine)).isEqualTo(Verdict.VALID);
        assertThat(at(now.plus(Duration.ofHours(24))).check(token, mine)).isEqualTo(Verdict.INVALID);
        assertThat(at(now.minus(Duration.ofMinutes(60))).check(token, mine)).isEqualTo(Verdict.VALID);
        assertThat(at(now.minus(Duration.ofMinutes(120))).check(token, mine)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void a_household_keeps_its_token() {
        FormTokens tokens = at(Instant.now());
        String token = tokens.issue(client("2001:db8:1:2::1"));

        assertThat(tokens.check(token, client("2001:db8:1:2::2"))).isEqualTo(Verdict.VALID);
        assertThat(tokens.check(token, client("2001:db8:1:3::1"))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void the_key_is_shared_and_lives_as_long_as_somebody_uses_it() {
        at(Instant.now()).issue(client("203.0.113.7"));
        redis.expire("{forms}:key", Duration.ofHours(1));
        String token = at(Instant.now()).issue(client("203.0.113.7"));

        assertThat(redis.getExpire("{forms}:key")).isBetween(47 * 3600L, 48 * 3600L);
        assertThat(at(Instant.now()).check(token, client("203.0.113.7"))).isEqualTo(Verdict.VALID);

        // not deleted for good: the running web goes on with the one it knows
        redis.rename("{forms}:key", "{forms}:kept");
        try {
            assertThat(at(Instant.now()).check(token, client("203.0.113.7"))).isEqualTo(Verdict.INVALID);
        } finally {
            redis.rename("{forms}:kept", "{forms}:key");
        }
    }

    @Test
    void without_redis_the_page_is_there_and_known_keys_go_on() {
        String token = token(get("/"));
        SERVER.pause();
        try {
            assertThat(get("/").statusCode()).isEqualTo(200);
            assertThat(at(Instant.now()).issue(client("203.0.113.7"))).isEmpty();
            assertThat(at(Instant.now()).check(token, client("127.0.0.1"))).isEqualTo(Verdict.UNCLEAR);
            // refused by the missing Redis, not for its token
            assertThat(form(token, "Origin", "null").statusCode()).isEqualTo(503);
        } finally {
            SERVER.resume();
        }
    }

    @Test
    void no_cookie_is_set_and_tls_is_not_promised_where_there_is_none() {
        for (HttpResponse<String> response :
                List.of(get("/"), form("", "Origin", "null"), json("Accept", "*/*"), get("/nothing"))) {
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    @Test
    void open_doors_are_said(CapturedOutput output) throws Exception {
        warn(new AccessSettings(null, List.of(), "8080", List.of()), "");
        assertThat(output).contains("asks nobody for a password").doesNotContain("proxy is trusted");
    }

    @Test
    void a_way_past_the_trusted_proxy_is_said(CapturedOutput output) throws Exception {
        warn(new AccessSettings("a long password", List.of(), "8080", List.of()), "172.18.0.1");
        assertThat(output).contains("proxy is trusted").doesNotContain("172.18");
    }

    @Test
    void a_proxy_that_has_the_port_for_itself_is_well(CapturedOutput output) throws Exception {
        warn(new AccessSettings("a long password", List.of(), "127.0.0.1:8080", List.of()), "172.18.0.1");
        warn(new AccessSettings("a long password", List.of(), "8080", List.of()), " ");
        assertThat(output).doesNotContain("proxy is trusted");
    }

    private static void warn(AccessSettings settings, String proxies) throws SocketException {
        TomcatServerProperties tomcat = new TomcatServerProperties();
        tomcat.getRemoteip().setInternalProxies(proxies);
        new StartupSecurityWarnings(settings, new ServerProperties(), tomcat).warn();
    }

    private FormTokens at(Instant now) {
        InstantSource clock = InstantSource.fixed(now);
        return new FormTokens(new FormKey(redis, clock), clock);
    }

    private static MockHttpServletRequest client(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }

    private static String token(HttpResponse<String> page) {
        Matcher field = FIELD.matcher(page.body());
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private HttpResponse<String> json(String... headers) {
        return post("/submit", JSON, "{\"video_url\":\"there000001\"}", headers);
    }

    private HttpResponse<String> form(String token, String... headers) {
        String body = "video_url=there000001&form_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return post("/submit", FORM, body, headers);
    }
}
