package youtubemp3.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import youtubemp3.standin.video.Video;
import youtubemp3.web.RunningWeb;

/** With a password and a token, through a running server. A trusted proxy is in front, so that clients have addresses. */
@TestPropertySource(
        properties = {
            "youtubemp3.access.password=pass: wörd",
            "youtubemp3.access.tokens=first-token-of-mine , second-token-of-mine,",
            "server.tomcat.remoteip.internal-proxies=127.0.0.1/32",
        })
@ExtendWith(OutputCaptureExtension.class)
class AccessTest extends RunningWeb {

    private static final String PASSWORD = basic("anybody", "pass: wörd");
    private static final String WRONG = basic("anybody", "pass: word");

    @Autowired
    private StartupSecurityWarnings warnings;

    @BeforeEach
    void forgetAllTries() {
        redis.delete(redis.keys("*"));
        YOUTUBE.add(Video.builder("there000001").title("A video").build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app.js",
                "/icon.svg",
                "/webjars/picocss__pico/css/pico.min.css",
                "/status/00000000-0000-4000-8000-0000000000aa",
                "/download-music/00000000-0000-4000-8000-0000000000aa",
                "/submit",
                "/nothing",
                "/error"
            })
    void withoutASecretEverythingIs401(String path) {
        for (HttpRequest.Builder request : List.of(
                request(path),
                request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()),
                request(path).method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
                request(path).POST(HttpRequest.BodyPublishers.ofString("{}")))) {
            HttpResponse<String> response = send(request);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"youtube-mp3\", charset=\"UTF-8\"");
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
        }
        assertThat(get(path).body())
                .isEqualTo("{\"data\":{},\"message\":\"A password or a token is needed here.\","
                        + "\"message_code\":\"UNAUTHORIZED\",\"error_fields\":{}}");
        // each file of the page would make the browser ask again
        assertThat(page(path).body())
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("href", "src=")
                .contains("<h1");
    }

    @Test
    void thePasswordOpensEverythingForAnyUserNameAndSetsNoCookie() {
        for (String header : List.of(PASSWORD, basic("", "pass: wörd"), basic("x y", "pass: wörd"))) {
            HttpResponse<String> response = page("/", "Authorization", header);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            Matcher address = Pattern.compile("(?:href|src)=\"([^\"#]*)\"").matcher(response.body());
            while (address.find()) {
                URI file = address("/").resolve(address.group(1));
                assertThat(get(file.getRawPath(), "Authorization", header).statusCode())
                        .as(file.toString())
                        .isEqualTo(200);
            }
        }
        HttpResponse<String> job = submit("Authorization", PASSWORD);
        assertThat(job.statusCode()).isEqualTo(201);
        assertThat(job.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anAddressOfSlashesAloneMakesNoLongPage() {
        HttpResponse<String> response = page("/".repeat(7_000), "Authorization", PASSWORD);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("<!DOCTYPE html>").hasSizeLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer first-token-of-mine", "bearer  second-token-of-mine"})
    void aTokenIsAsGoodAsThePassword(String header) {
        HttpResponse<String> job = submit("Authorization", header);
        assertThat(job.statusCode()).isEqualTo(201);
        String id = json(job).get("data").get("filename").stringValue();
        assertThat(get("/status/" + id, "Authorization", header).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer pass:",
                "Bearer ",
                "Bearer",
                "Bearer first-token",
                "Bearer first-token-of-mine x",
                "Bearer first-token-of-mine,second-token-of-mine",
                "Digest x",
                "Basic",
                "Basic !",
                "Basic eDp5",
                "Basic OnBhc3M6",
                ""
            })
    void whatOpensNothing(String header) {
        assertThat(get("/", "Authorization", header).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenIsNoPasswordAndThePasswordNoToken() {
        assertThat(get("/", "Authorization", basic("x", "first-token-of-mine")).statusCode())
                .isEqualTo(401);
        assertThat(get("/", "Authorization", basic("pass: wörd", "")).statusCode())
                .isEqualTo(401);
        assertThat(get("/", "Authorization", "Bearer " + PASSWORD.substring(6)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void guessesAreCountedForEachAddressAndThenTheRightOneDoesNotHelpEither() {
        for (int i = 0; i < 10; i++) {
            assertThat(from("203.0.113.7", basic("anybody", "guess " + i)).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> response = from("203.0.113.7", WRONG);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(json(response).get("message_code").stringValue()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(response.headers().allValues("Retry-After")).containsExactly("30");
        assertThat(from("203.0.113.7", PASSWORD).statusCode()).isEqualTo(429);
        assertThat(from("203.0.113.7", "Bearer first-token-of-mine").statusCode())
                .isEqualTo(429);

        assertThat(from("203.0.113.8", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(redis.keys("guesses:*"))
                .containsExactlyInAnyOrder("guesses:203.0.113.7", "guesses:203.0.113.8", "guesses:all")
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isBetween(1L, 71L));
    }

    @Test
    void guessesOfOneHouseholdAreCountedTogether() {
        for (int i = 0; i < 10; i++) {
            assertThat(from("2001:db8:1:2::" + i, WRONG).statusCode()).isEqualTo(401);
        }
        assertThat(from("2001:db8:1:2:ffff::", WRONG).statusCode()).isEqualTo(429);
        assertThat(from("2001:db8:1:3::", WRONG).statusCode()).isEqualTo(401);
    }

    /** As some proxies tell it: it would be an address of its own with every connection. */
    @Test
    void thePortBehindAnAddressMakesNoOtherOfIt() {
        for (int i = 0; i < 10; i++) {
            assertThat(from("203.0.113.14:" + (50_000 + i), WRONG).statusCode()).isEqualTo(401);
        }
        assertThat(from("203.0.113.14:60000", WRONG).statusCode()).isEqualTo(429);
        for (int i = 0; i < 10; i++) {
            assertThat(from("_hidden" + i, WRONG).statusCode()).isEqualTo(401);
        }
        assertThat(from("_hidden", WRONG).statusCode()).isEqualTo(429);
    }

    @Test
    void guessesFromManyAddressesAreCountedInSumAndKnownClientsStayIn() {
        assertThat(from("203.0.113.15", PASSWORD).statusCode()).isEqualTo(200);
        int judged = 0;
        for (int i = 0; i < 150; i++) {
            judged += from("198.51.100." + i, WRONG).statusCode() == 401 ? 1 : 0;
        }
        // a hundred, less the one that has come in, and what comes back meanwhile
        assertThat(judged).isBetween(99, 140);
        assertThat(from("203.0.113.15", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatHasNoTryLeftTakesNoneFromTheOthers() {
        for (int i = 0; i < 150; i++) {
            from("203.0.113.16", WRONG);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(from("198.51.100." + i, WRONG).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void manyGuessesAtTheSameTimeWinNothing() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Integer>> guesses = Stream.<Callable<Integer>>generate(
                            () -> () -> from("203.0.113.9", WRONG).statusCode())
                    .limit(60)
                    .toList();
            int judged = 0;
            for (Future<Integer> status : guessers.invokeAll(guesses)) {
                assertThat(status.get()).isIn(401, 429);
                judged += status.get() == 401 ? 1 : 0;
            }
            // ten, and what comes back meanwhile: one in six seconds
            assertThat(judged).isBetween(10, 20);
        } finally {
            guessers.shutdownNow();
        }
    }

    @Test
    void anAuthenticatedClientIsNotCountedNorLockedOutByGuesses() {
        assertThat(from("203.0.113.10", PASSWORD).statusCode()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(from("203.0.113.10", PASSWORD).statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < 12; i++) {
            from("203.0.113.10", WRONG);
        }
        assertThat(from("203.0.113.10", WRONG).statusCode()).isEqualTo(429);
        assertThat(from("203.0.113.10", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutRedisNewClientsAreRefused() {
        assertThat(from("203.0.113.11", PASSWORD).statusCode()).isEqualTo(200);
        SERVER.pause();
        try {
            assertThat(from("203.0.113.11", PASSWORD).statusCode()).isEqualTo(200);
            HttpResponse<String> stranger = from("203.0.113.12", PASSWORD);
            assertThat(stranger.statusCode()).isEqualTo(503);
            assertThat(json(stranger).get("message_code").stringValue()).isEqualTo("UNAVAILABLE");
            assertThat(stranger.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(get("/").statusCode()).isEqualTo(401);
        } finally {
            SERVER.resume();
        }
    }

    @Test
    void theSecretDoesNotMakeUpForAnotherSite() {
        assertThat(submit("Authorization", PASSWORD, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(submit("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(401);
    }

    @Test
    void healthAndMetricsAreForThoseWhoRunIt() {
        assertThat(management("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(management("/actuator/prometheus").statusCode()).isEqualTo(200);
    }

    @Test
    void tlsInFrontIsToldToBrowsersToStay() {
        HttpResponse<String> response = get("/", "Authorization", PASSWORD, "X-Forwarded-Proto", "https");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(get("/", "Authorization", PASSWORD).headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    @Test
    void noSecretIsEverLogged(CapturedOutput output) throws Exception {
        from("203.0.113.13", PASSWORD);
        from("203.0.113.13", "Bearer first-token-of-mine");
        from("203.0.113.13", basic("x", "a-wrong-guess"));
        warnings.warn();

        assertThat(output)
                .contains("A password or token has fewer than 12 characters")
                .doesNotContain("requires no password", "wörd", "of-mine", "a-wrong-guess");
    }

    private HttpResponse<String> from(String address, String header) {
        return get("/", "X-Forwarded-For", address, "Authorization", header);
    }

    private HttpResponse<String> submit(String... headers) {
        return post("/submit", "application/json", "{\"video_url\":\"there000001\"}", headers);
    }

    private HttpResponse<String> page(String path, String... headers) {
        return send(request(path, headers).header("Accept", "text/html"));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
