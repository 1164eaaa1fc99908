package youtubemp3.compose;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** What containers and networks may not do. */
final class Confinement {

    private Confinement() {}

    /** Checks that the container has limits, an unprivileged user, no capability and a read-only file system. */
    static void assertUnprivileged(Stack stack, String name) {
        JsonNode container = stack.containers().get(name);
        JsonNode host = container.at("/HostConfig");
        assertThat(host.at("/ReadonlyRootfs").asBoolean()).as(name).isTrue();
        assertThat(host.at("/Privileged").asBoolean()).as(name).isFalse();
        assertThat(host.at("/CapDrop").toString()).as(name).isEqualTo("[\"ALL\"]");
        assertThat(host.at("/CapAdd").isNull()).as(name).isTrue();
        assertThat(host.at("/SecurityOpt").toString()).as(name).contains("no-new-privileges:true");
        assertThat(host.at("/Memory").asLong()).as(name).isPositive();
        assertThat(host.at("/CpuQuota").asLong()).as(name).isPositive();
        assertThat(host.at("/PidsLimit").asLong()).as(name).isPositive();
        assertThat(host.at("/RestartPolicy/Name").asString()).as(name).isEqualTo("unless-stopped");
        assertThat(container.at("/Config/User").asString()).as(name).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(stack.exec(name, "sh", "cat /proc/1/status"))
                .as(name)
                .doesNotContainPattern("[UG]id:.*\\s0\\s")
                .containsPattern("CapEff:\\s+0+\n")
                .containsPattern("CapBnd:\\s+0+\n")
                .containsPattern("NoNewPrivs:\\s+1")
                // a seccomp filter is active
                .containsPattern("Seccomp:\\s+2");
    }

    /** Checks that the network has no route to the outside and that the machine has no address in it. */
    static void assertIsolated(Stack stack, String name) {
        JsonNode network = stack.network(name);
        assertThat(network.at("/Internal").asBoolean()).as(name).isTrue();
        assertThat(network.at("/Options/com.docker.network.bridge.inhibit_ipv4").asString())
                .as("whether the machine itself has no address in " + name)
                .isEqualTo("true");
    }
}
