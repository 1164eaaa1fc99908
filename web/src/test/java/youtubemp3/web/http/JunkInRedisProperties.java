package youtubemp3.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.redis.RealRedis;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.video.Video;
import youtubemp3.web.WebApplication;
import youtubemp3.web.operations.FailureMetrics;
import youtubemp3.web.operations.OverdueJobs;
import youtubemp3.web.operations.QueueMetrics;
import youtubemp3.web.operations.YouTubeHealthIndicator;

/** Whatever stands in Redis under a key of ours, in whatever type, no address answers with a fault, and no reader ends. */
@AddLifecycleHook(ManyCases.class)
class JunkInRedisProperties {

    private static final String JOB = "c3f044e1-1e66-4a52-be7d-6e344fb6aec6";
    private static final String VIDEO = "dQw4w9WgXcQ";
    private static final String CLIENT = "127.0.0.1";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static YouTubeStandIn youTube;
    private static ConfigurableApplicationContext service;
    private static StringRedisTemplate redis;

    @BeforeContainer
    static void start() throws IOException {
        Path folder = Files.createTempDirectory("junk");
        Files.write(folder.resolve(JOB + ".mp3"), new byte[10]);
        RealRedis server = RealRedis.shared();
        youTube = YouTubeStandIn.builder()
                .folder(Path.of(System.getProperty("java.io.tmpdir"), "web-stand-in"))
                .start();
        youTube.add(Video.builder(VIDEO).title("A video").build());
        // first, as the product's own clock stands back where there is another
        service = new SpringApplication(AlwaysLater.class, WebApplication.class)
                .run(
                        "--spring.config.name=web",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--youtubemp3.limits.submissions-per-minute=100000",
                        "--spring.data.redis.host=" + server.host(),
                        "--spring.data.redis.port=" + server.port(),
                        "--youtubemp3.storage.folder=" + folder,
                        "--youtubemp3.video.proxy=" + youTube.proxy(),
                        "--spring.http.clients.ssl.bundle=youtube",
                        "--spring.ssl.bundle.pem.youtube.truststore.certificate="
                                + youTube.certificate().toUri());
        redis = service.getBean(StringRedisTemplate.class);
    }

    /** What is looked up every few seconds is looked up every time. */
    @TestConfiguration(proxyBeanMethods = false)
    static class AlwaysLater {

        private final AtomicLong minutes = new AtomicLong();

        @Bean
        InstantSource clock() {
            return () -> Instant.now().plusSeconds(60 * minutes.incrementAndGet());
        }
    }

    @AfterContainer
    static void stop() {
        service.close();
        youTube.close();
    }

    @Property(tries = 60)
    void aKeyOfAnyTypeAndContentMakesNoFault(
            @ForAll("keys") String key, @ForAll("types") String type, @ForAll("texts") String text) throws Exception {
        empty();
        write(key, type, text);

        assertNoFault();
        if (!key.equals(JOB)) {
            assertThat(status(at("local.server.port", "/status/" + JOB))).isEqualTo(200);
        }
    }

    @Property(tries = 60)
    void aFieldOfAnyContentMakesNoFault(@ForAll("fields") List<String> field, @ForAll("texts") String text)
            throws Exception {
        empty();
        redis.opsForHash().put("job:" + JOB, "video", VIDEO);
        redis.opsForHash().putAll("{jobs}:circuit", Map.of("kind", "BOT_CHECK", "until", "1"));
        redis.opsForHash().put(field.get(0), field.get(1), text);

        assertNoFault();
        assertThat(status(at("local.server.port", "/status/" + JOB))).isEqualTo(200);
    }

    private static void empty() {
        redis.delete(redis.keys("*"));
        redis.opsForValue().set(JOB, "ONQUEUE");
    }

    private static void write(String key, String type, String text) {
        redis.delete(key);
        switch (type) {
            case "string" -> redis.opsForValue().set(key, text);
            case "hash" -> redis.opsForHash().put(key, text, text);
            case "list" -> redis.opsForList().leftPush(key, text);
            case "set" -> redis.opsForSet().add(key, text);
            case "zset" -> redis.opsForZSet().add(key, text, 1);
            default -> redis.opsForStream().add(key, Map.of("job", text, text, text));
        }
    }

    private static void assertNoFault() throws Exception {
        assertThat(status(at("local.server.port", "/"))).isEqualTo(200);
        assertThat(status(at("local.server.port", "/status/" + JOB))).isIn(200, 404);
        assertThat(status(at("local.server.port", "/download-music/" + JOB))).isIn(200, 202, 404, 410, 503);
        assertThat(status(at("local.server.port", "/submit")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"video_url\":\"" + VIDEO + "\"}"))))
                .isIn(201, 400, 429, 503);
        assertThat(status(at("local.server.port", "/submit")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("video_url=" + VIDEO))))
                .isIn(303, 400, 429, 503);
        for (String path : List.of("health", "prometheus", "deadjobs", "deadjobs/1-1")) {
            assertThat(status(at("local.management.port", "/actuator/" + path)))
                    .as(path)
                    .isIn(200, 404, 503);
        }
        // what leaves these ends nothing but is a stack trace every few seconds
        service.getBean(QueueMetrics.class).read();
        service.getBean(FailureMetrics.class).read();
        service.getBean(YouTubeHealthIndicator.class).read();
        service.getBean(OverdueJobs.class).fail();
    }

    private static HttpRequest.Builder at(String port, String path) {
        return HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty(port) + path))
                .header("Accept", "*/*");
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                JOB,
                "job:" + JOB,
                "{jobs}:open",
                "{jobs}:circuit",
                "{jobs}:refused",
                "{jobs}:wave",
                "{jobs}:workers",
                "{jobs}:failures",
                "{jobs}:stream",
                "{jobs}:retry",
                "{jobs}:retries",
                "{jobs}:dead",
                "ve_" + VIDEO,
                "vf_" + VIDEO,
                "limit:submissions:" + CLIENT,
                "{jobs}:open:" + CLIENT,
                "limit:downloads:" + CLIENT);
    }

    @Provide
    Arbitrary<List<String>> fields() {
        return Arbitraries.of(
                        "job:" + JOB + " stage",
                        "job:" + JOB + " percent",
                        "job:" + JOB + " eta",
                        "job:" + JOB + " attempt",
                        "job:" + JOB + " title",
                        "job:" + JOB + " artist",
                        "job:" + JOB + " video",
                        "job:" + JOB + " failure",
                        "job:" + JOB + " arguments",
                        "job:" + JOB + " format",
                        "job:" + JOB + " token",
                        "{jobs}:circuit until",
                        "{jobs}:circuit kind",
                        "{jobs}:circuit cause",
                        "{jobs}:circuit probe",
                        "{jobs}:circuit probe_until",
                        "{jobs}:circuit answers",
                        "{jobs}:circuit pauses",
                        "{jobs}:workers worker")
                .map(field -> List.of(field.split(" ")));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("string", "string", "hash", "list", "set", "zset", "stream");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        "x",
                        "-1",
                        "1e300",
                        "nan",
                        "inf",
                        "99999999999999999999",
                        "9223372036854775807",
                        "0x10",
                        "ONQUEUE",
                        "FINISH",
                        "finish",
                        "waiting",
                        "{}",
                        "[]",
                        "null",
                        "{\"name\":null}",
                        "=",
                        "QUJD",
                        JOB,
                        "200"),
                Arbitraries.strings().ofMaxLength(60));
    }
}
