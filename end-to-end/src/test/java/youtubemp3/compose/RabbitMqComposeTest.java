package youtubemp3.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** What docker/compose.rabbitmq.yaml adds to the stack. */
@Tag("compose")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RabbitMqComposeTest {

    private static final String HALF_A_MINUTE = "short000030";
    private static final Duration A_CONVERSION = Duration.ofMinutes(2);

    private static Stack stack;

    @BeforeAll
    static void bringItUp() {
        stack = Stack.withRabbitMq();
        stack.build();
        stack.up(1);
    }

    @AfterAll
    static void takeItDown() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void jobsPassThroughRabbitMq() {
        assertThat(stack.end(stack.submit(HALF_A_MINUTE), A_CONVERSION)
                        .at("/status")
                        .asString())
                .isEqualTo("FINISH");
        assertThat(rabbitMq("rabbitmqctl --quiet list_queues name type consumers"))
                .containsPattern("jobs\\s+quorum\\s+[1-9]");
    }

    @Test
    @Order(1)
    void onlyWebAndWorkerReachIt() {
        Confinement.assertUnprivileged(stack, "rabbitmq-1");
        Confinement.assertIsolated(stack, "broker");
        assertThat(stack.network("broker")
                        .at("/Containers")
                        .valueStream()
                        .map(one -> stack.shortName(one.at("/Name").asString())))
                .containsExactlyInAnyOrder("rabbitmq-1", "web-1", "converter-worker-1");
        JsonNode network = stack.containers().get("rabbitmq-1").at("/NetworkSettings");
        assertThat(network.at("/Networks").propertyStream().map(Map.Entry::getKey))
                .singleElement()
                .asString()
                .endsWith("_broker");
        assertThat(network.at("/Ports").valueStream()).allMatch(port -> port.isNull() || port.isEmpty());
        // 0A is the state LISTEN, and the second column ends in the port: 5672 on all addresses, and others on loopback
        assertThat(rabbitMq("cat /proc/net/tcp /proc/net/tcp6").lines().filter(line -> line.contains(" 0A ")))
                .isNotEmpty()
                .filteredOn(line -> !line.matches("\\s*\\d+: (\\w{6}7F|0{24}01000000):.*"))
                .singleElement()
                .asString()
                .contains(":1628 ");
    }

    @Test
    @Order(1)
    void thePasswordIsGeneratedAndOnlyForWebAndWorker() {
        String password = rabbitMq("cat /var/tmp/spring.rabbitmq.password");
        assertThat(password).hasSize(32);
        assertAccepted(password);
        assertRefused("youtube-mp3", "guest");
        assertRefused("guest", "guest");
        assertThat(rabbitMq("rabbitmqctl --quiet list_users")).doesNotContain("administrator");
        stack.containers().forEach((name, container) -> {
            assertThat(container.toString()).as(name).doesNotContain(password);
            assertThat(stack.top(name)).as(name).doesNotContain(password);
            boolean may = !name.equals("redis-1") && !name.equals("cleanup-1") && !name.equals("youtube-stand-in-1");
            assertThat(container.at("/Mounts").toString().contains("rabbitmq_password_vol"))
                    .as(name + " has the volume of the password")
                    .isEqualTo(may);
        });
        assertThatThrownBy(() -> stack.exec("web-1", "sh", "touch /run/rabbitmq/mine"))
                .hasMessageContaining("Read-only file system");
    }

    @Test
    @Order(2)
    void aRestartOfRabbitMqLosesNoJob() {
        stack.compose("stop", "converter-worker");
        String job = stack.submit(HALF_A_MINUTE);

        stack.compose("restart", "rabbitmq");
        stack.up(1);

        assertThat(stack.end(job, A_CONVERSION).at("/status").asString()).isEqualTo("FINISH");
    }

    @Test
    @Order(3)
    void anOperatorsPasswordReplacesTheGeneratedOneAndTheQueueStays() {
        String generated = rabbitMq("cat /var/tmp/spring.rabbitmq.password");
        stack.compose("stop", "converter-worker");
        String job = stack.submit(HALF_A_MINUTE);

        // with characters that are special for Compose, a shell and JSON
        String own = "a \"password\\ of its' own";
        stack.change("RABBITMQ_PASSWORD", own);

        assertAccepted(own);
        assertRefused("youtube-mp3", generated);
        assertThat(stack.end(job, A_CONVERSION).at("/status").asString()).isEqualTo("FINISH");
        assertThat(stack.end(stack.submit(HALF_A_MINUTE), A_CONVERSION)
                        .at("/status")
                        .asString())
                .isEqualTo("FINISH");
    }

    private static void assertAccepted(String password) {
        assertThat(authenticate("youtube-mp3", password)).contains("Success");
    }

    private static void assertRefused(String user, String password) {
        assertThatThrownBy(() -> authenticate(user, password)).hasMessageContaining("invalid credentials");
    }

    private static String authenticate(String user, String password) {
        return rabbitMq("rabbitmqctl authenticate_user " + user + " <<'PASSWORD'\n" + password + "\nPASSWORD");
    }

    private static String rabbitMq(String command) {
        return stack.exec("rabbitmq-1", "sh", command);
    }
}
