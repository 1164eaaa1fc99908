package youtubemp3.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds, starts, uses, breaks and removes the whole stack of containers. */
@Tag("compose")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeTest {

    private static final List<String> OURS = List.of("web-1", "converter-worker-1", "cleanup-1", "redis-1");
    private static final String MUSIC = "demo0000001";
    private static final String PRIVATE = "demo0000003";
    private static final String HALF_A_MINUTE = "short000030";
    /** A sound of 30 s at 32 KiB per second. */
    private static final String SLOW = "slow0000000";

    private static final Duration A_CONVERSION = Duration.ofMinutes(2);

    private static Stack stack;

    @TempDir
    private Path folder;

    @BeforeAll
    static void bringItUp() {
        stack = Stack.create();
        long started = System.nanoTime();
        stack.build();
        long built = System.nanoTime();
        stack.up(1);
        System.out.printf(
                "docker compose: built in %d s, then up and healthy in %d s%n",
                Duration.ofNanos(built - started).toSeconds(),
                Duration.ofNanos(System.nanoTime() - built).toSeconds());
    }

    @AfterAll
    static void takeItDown() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void aLinkBecomesAnMp3() throws Exception {
        String job = stack.submit(MUSIC);

        assertThat(stack.end(job, A_CONVERSION).at("/status").asString()).isEqualTo("FINISH");

        Path mp3 = Files.write(folder.resolve("music.mp3"), stack.get("download-music/" + job));
        JsonNode probed = new JsonMapper()
                .readTree(stack.run(
                        A_CONVERSION,
                        List.of(
                                "ffprobe",
                                "-v",
                                "error",
                                "-show_format",
                                "-show_streams",
                                "-of",
                                "json",
                                mp3.toString())));
        assertThat(Double.parseDouble(probed.at("/format/duration").asString())).isCloseTo(144, within(1.0));
        assertThat(probed.at("/format/tags/title").asString()).isEqualTo("Prelude in C major, BWV 846");
        assertThat(probed.at("/format/tags/artist").asString()).isEqualTo("Johann Sebastian Bach");
        assertThat(probed.at("/streams/0/codec_name").asString()).isEqualTo("mp3");
        assertThat(probed.at("/streams/0/bit_rate").asString()).isEqualTo("192000");
        assertThat(probed.at("/streams/1/disposition/attached_pic").asInt()).isOne();
    }

    @Test
    @Order(1)
    void aPrivateVideoFailsWithItsReason() {
        JsonNode status = stack.end(stack.submit(PRIVATE), A_CONVERSION);

        assertThat(status.at("/status").asString()).isEqualTo("FAILED");
        assertThat(status.at("/failure").toString()).containsIgnoringCase("private");
    }

    @Test
    @Order(1)
    void containersHaveOnlyThePermissionsThatTheyNeed() {
        Map<String, JsonNode> containers = stack.containers();
        assertThat(containers).containsKeys(OURS.toArray(String[]::new));
        OURS.forEach(name -> Confinement.assertUnprivileged(stack, name));
        for (String name : List.of("web-1", "converter-worker-1", "cleanup-1")) {
            assertThat(stack.exec(name, "bash", "find / -xdev -perm /6000 2>/dev/null; true"))
                    .as("setuid programs in " + name)
                    .isEmpty();
            assertThat(stack.exec(name, "bash", "type -P apt dpkg perl su mount curl wget tar; true"))
                    .as("unneeded tools in " + name)
                    .isEmpty();
        }
        assertThatThrownBy(() -> stack.exec("web-1", "sh", "touch /data/mine.mp3"))
                .hasMessageContaining("Read-only file system");
    }

    @Test
    @Order(1)
    void onlyThePageIsPublished() {
        stack.containers()
                .forEach((name, container) -> container
                        .at("/NetworkSettings/Ports")
                        .propertyStream()
                        .filter(port ->
                                !port.getValue().isNull() && !port.getValue().isEmpty())
                        .forEach(port -> assertThat(name + " " + port.getKey()).isEqualTo("web-1 8080/tcp")));
        assertThat(networks("redis-1")).singleElement().asString().endsWith("_inside");
        assertThat(networks("cleanup-1")).containsExactly("none");
        Confinement.assertIsolated(stack, "inside");
    }

    /** The machine may reach a container's address in each of its networks over a bridge. */
    @Test
    @Order(1)
    void usersOfTheMachineCanReachOnlyThePage() throws Exception {
        Map<String, JsonNode> containers = stack.containers();
        List<String> bridged = new ArrayList<>();
        for (JsonNode container : containers.values()) {
            for (String address : addresses(container)) {
                // packets to other addresses would leave the machine
                if (isInANetworkOfTheMachine(address)) {
                    bridged.add(address);
                }
            }
        }
        assertThat(addresses(containers.get("redis-1"))).isNotEmpty().doesNotContainAnyElementsOf(bridged);
        assertThat(addresses(containers.get("web-1")))
                .filteredOn(bridged::contains)
                .singleElement()
                .satisfies(address -> assertThat(connects(address, 8080)).isTrue());
        assertThat(bridged)
                .allSatisfy(address -> assertThat(List.of(8081, 6379)).noneMatch(port -> connects(address, port)));
    }

    /** Every user of the machine can read the command lines of containers. */
    @Test
    @Order(1)
    void thePasswordIsInNoCommandLine() {
        String password = stack.setting("REDIS_PASSWORD");
        assertThat(stack.exec("redis-1", "sh", "redis-cli ping")).contains("PONG");
        assertThatThrownBy(() -> stack.exec("redis-1", "sh", "unset REDISCLI_AUTH; redis-cli -e ping"))
                .hasMessageContaining("NOAUTH");
        stack.containers().forEach((name, container) -> {
            assertThat(container.at("/Args").valueStream().map(JsonNode::asString))
                    .as(name)
                    .noneMatch(argument -> argument.contains(password));
            assertThat(stack.top(name)).as(name).doesNotContain(password);
        });
    }

    @Test
    @Order(1)
    void eachImageHasABillOfMaterials() {
        assertThat(contents("web-1", "application")).contains("spring-boot", "tomcat-embed-core", "conversion-jobs");
        assertThat(contents("web-1", "system"))
                .contains("libc6", "openjdk", "bash")
                .doesNotContain("ffmpeg", "snooze");
        assertThat(contents("converter-worker-1", "application"))
                .contains("spring-boot", "lettuce-core")
                .doesNotContain("tomcat-embed-core");
        assertThat(contents("converter-worker-1", "system"))
                .contains("libc6", "openjdk", "ffmpeg", "libmp3lame0", "yt-dlp")
                .anyMatch(name -> name.startsWith("python3"));
        assertThat(contents("cleanup-1", "system"))
                .contains("dash", "findutils", "snooze")
                .doesNotContain("openjdk");
    }

    @Test
    @Order(1)
    void anOperatorCanReadTheHealth() {
        JsonNode health = new JsonMapper().readTree(stack.exec("web-1", "bash", "http-get /actuator/health"));

        // a warning where Debian's yt-dlp is old
        assertThat(health.at("/status").asString()).isIn("UP", "WARNING");
        assertThatThrownBy(() -> stack.exec("web-1", "bash", "http-get POST /nowhere"))
                .hasMessageContaining("HTTP 404");
    }

    @Test
    @Order(2)
    void aKilledWorkerIsRestartedAndItsJobFinishes() {
        String job = stack.submit(SLOW);
        await("the download")
                .atMost(A_CONVERSION)
                .until(() -> stack.status(job).at("/percent").asInt() > 0);

        // from inside, since Docker does not restart a container after `docker kill`
        stack.exec("converter-worker-1", "bash", "kill -KILL $(< /proc/1/task/1/children)");

        JsonNode status = stack.end(job, Duration.ofMinutes(3));
        assertThat(status.at("/status").asString()).isEqualTo("FINISH");
        assertThat(status.at("/attempt").asInt()).isEqualTo(2);
        assertThat(stack.containers()
                        .get("converter-worker-1")
                        .at("/RestartCount")
                        .asInt())
                .isOne();
    }

    @Test
    @Order(3)
    void aRestartOfRedisLosesNoJob() {
        stack.compose("stop", "converter-worker");
        List<String> jobs =
                Stream.generate(() -> stack.submit(HALF_A_MINUTE)).limit(3).toList();

        stack.compose("restart", "redis");
        stack.up(1);

        assertThat(jobs)
                .allSatisfy(job -> assertThat(
                                stack.end(job, A_CONVERSION).at("/status").asString())
                        .isEqualTo("FINISH"));
    }

    @Test
    @Order(4)
    void threeWorkersShareTheJobs() {
        stack.up(3);
        List<String> jobs = Stream.generate(() -> stack.submit(SLOW)).limit(6).toList();

        assertThat(jobs)
                .allSatisfy(job -> assertThat(
                                stack.end(job, A_CONVERSION).at("/status").asString())
                        .isEqualTo("FINISH"));

        // each worker converts two at the same time, which takes long enough for the others to take the rest
        for (int worker = 1; worker <= 3; worker++) {
            String said = stack.said("converter-worker-" + worker);
            assertThat(jobs).as("worker " + worker).anyMatch(job -> said.contains("Job " + job + ", attempt 1"));
        }
    }

    @Test
    @Order(5)
    void cleanupRemovesExpiredFiles() {
        String old = "/data/" + UUID.randomUUID() + ".mp3";
        String young = "/data/" + UUID.randomUUID() + ".mp3";
        String leftover = "/data/work/" + UUID.randomUUID() + ".1";
        stack.exec(
                "converter-worker-1",
                "bash",
                "mkdir -p " + leftover + "; touch " + leftover + "/sound.mp3; touch -d '2 days ago' " + leftover
                        + "/sound.mp3 " + leftover + "; touch -d '7 hours ago' " + young + "; touch -d '9 hours ago' "
                        + old);

        await("cron, every five minutes")
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(stack.said("cleanup-1"))
                        .contains("cleanup: removed 1 file(s) and 1 unfinished conversion(s), "));

        assertThat(stack.exec("web-1", "bash", "ls /data/*.mp3 /data/work"))
                .contains(young)
                .doesNotContain(old)
                .doesNotContain(leftover.substring("/data/work/".length()));
    }

    @Test
    @Order(9)
    void onlyYouTubeIsContacted() {
        assertThat(
                        stack.exec(
                                "converter-worker-1",
                                "bash",
                                "exec 3<>/dev/tcp/youtube-stand-in/8118; printf 'GET /refused HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"))
                .contains("200 OK")
                .contains("Content-Length: 0\r\n");
    }

    @Test
    @Order(9)
    void everyLineOfTheLogsIsJson() {
        JsonMapper mapper = new JsonMapper();
        Map.of("web-1", "youtube-mp3-web", "converter-worker-1", "converter-worker")
                .forEach((container, service) -> assertThat(
                                stack.said(container).lines())
                        .as(container)
                        .isNotEmpty()
                        .allSatisfy(line -> {
                            JsonNode entry = mapper.readTree(line);
                            assertThat(entry.at("/@timestamp").asString()).isNotEmpty();
                            assertThat(entry.at("/log/level").asString()).isNotEmpty();
                            assertThat(entry.at("/service/name").asString()).isEqualTo(service);
                            assertThat(entry.has("message")).isTrue();
                        }));
    }

    /** The stand-in for YouTube is in the stack too, but must not be reachable directly. */
    @Test
    @Order(10)
    void behindTheProxyOnlyRedisAndTheProxyCanBeReached() throws Exception {
        stack.upBehindTheProxy();

        assertThat(stack.end(stack.submit(MUSIC), A_CONVERSION).at("/status").asString())
                .isEqualTo("FINISH");
        assertThat(members("proxied")).containsExactlyInAnyOrder("web-1", "converter-worker-1", "proxy-1");
        assertThat(members("inside")).containsExactlyInAnyOrder("web-1", "converter-worker-1", "redis-1");
        for (String name : List.of("proxied", "inside")) {
            Confinement.assertIsolated(stack, name);
        }
        assertThat(networks("converter-worker-1")).hasSize(2);
        // the second column is the destination, and zeros are the default route
        assertThat(stack.exec("converter-worker-1", "bash", "cat /proc/net/route"))
                .contains("Iface")
                .doesNotContainPattern("(?m)^\\S+\\t00000000\\t");

        String youTube = stack.containers()
                .get("youtube-stand-in-1")
                .at("/NetworkSettings/Networks")
                .valueStream()
                .map(network -> network.at("/IPAddress").asString())
                .findFirst()
                .orElseThrow();
        assertThat(connects("proxy-1", youTube, 8118)).isTrue();
        for (String container : List.of("web-1", "converter-worker-1")) {
            assertThat(connects(container, "redis", 6379)).as(container).isTrue();
            assertThat(connects(container, "proxy", 3128)).as(container).isTrue();
            assertThat(connects(container, youTube, 8118)).as(container).isFalse();
            assertThat(connects(container, "youtube-stand-in", 8118))
                    .as(container)
                    .isFalse();
            assertThat(asked(container, "www.youtube.com:443")).as(container).contains(" 200 ");
            for (String elsewhere :
                    List.of("example.org:443", "youtube.com.example.org:443", "www.youtube.com:80", "redis:6379")) {
                assertThat(asked(container, elsewhere)).as(elsewhere).contains(" 403 ");
            }
        }
    }

    private static List<String> addresses(JsonNode container) {
        return container
                .at("/NetworkSettings/Networks")
                .valueStream()
                .flatMap(network -> Stream.of("/IPAddress", "/GlobalIPv6Address")
                        .map(address -> network.at(address).asString()))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static boolean isInANetworkOfTheMachine(String address) throws IOException {
        byte[] wanted = InetAddress.getByName(address).getAddress();
        return NetworkInterface.networkInterfaces()
                .flatMap(networkInterface -> networkInterface.getInterfaceAddresses().stream())
                .anyMatch(own -> {
                    byte[] mine = own.getAddress().getAddress();
                    int host = 8 * mine.length - own.getNetworkPrefixLength();
                    return mine.length == wanted.length
                            && new BigInteger(1, mine)
                                    .shiftRight(host)
                                    .equals(new BigInteger(1, wanted).shiftRight(host));
                });
    }

    /** Whether this machine can connect. */
    private static boolean connects(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a container can connect. */
    private static boolean connects(String container, String host, int port) {
        String open = "(exec 3<>/dev/tcp/" + host + "/" + port + ") 2>/dev/null && echo open";
        return stack.exec(
                        container, "bash", "exec 9< <(" + open + "); read -r -t 3 -u 9 said; echo \"${said:-closed}\"")
                .strip()
                .equals("open");
    }

    /** The proxy's response to CONNECT. */
    private static String asked(String container, String target) {
        return stack.exec(
                container,
                "bash",
                "exec 3<>/dev/tcp/proxy/3128; printf 'CONNECT " + target
                        + " HTTP/1.1\\r\\n\\r\\n' >&3; read -r -t 20 line <&3; echo \"$line\"");
    }

    /** The names of all components. */
    private static List<String> contents(String container, String part) {
        JsonNode sbom = new JsonMapper().readTree(stack.exec(container, "sh", "cat /sbom/" + part + ".cdx.json"));
        assertThat(sbom.at("/bomFormat").asString()).isEqualTo("CycloneDX");
        return sbom.at("/components")
                .valueStream()
                .peek(component ->
                        assertThat(component.at("/version").asString()).isNotEmpty())
                .map(component -> component.at("/name").asString())
                .toList();
    }

    private static List<String> members(String network) {
        return stack.network(network)
                .at("/Containers")
                .valueStream()
                .map(container -> stack.shortName(container.at("/Name").asString()))
                .toList();
    }

    private static List<String> networks(String container) {
        return stack.containers()
                .get(container)
                .at("/NetworkSettings/Networks")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }
}
