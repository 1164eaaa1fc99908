package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Checks that the tests of deaths cover all Redis scripts, and that docs/faults.md lists all of them. */
class MatrixTest {

    /** A new script needs a test of a process that dies right before or after it. */
    @Test
    void everyScriptIsAKillPoint() {
        assertThat(Scripts.NAMES.values()).containsExactlyInAnyOrderElementsOf(KillPoint.scripts());
    }

    @Test
    void theDocsListEveryTest() throws Exception {
        Set<String> rows = Stream.of(
                        WorkerDeathTest.class,
                        WebDeathTest.class,
                        PlaylistWorkerDeathTest.class,
                        FrozenWorkerTest.class,
                        RedisFaultTest.class,
                        FailoverTest.class,
                        ToolDeathTest.class,
                        VolumeFaultTest.class,
                        ClockFaultTest.class,
                        MessageTest.class,
                        RabbitWorkerDeathTest.class,
                        RabbitWebDeathTest.class,
                        RabbitFrozenWorkerTest.class,
                        RabbitFaultTest.class,
                        RabbitClusterTest.class)
                .flatMap(MatrixTest::names)
                .collect(Collectors.toSet());
        Matcher named = Pattern.compile("`(\\w+Test\\.\\w+)`").matcher(Files.readString(Path.of("../docs/faults.md")));
        Set<String> documented = new TreeSet<>();
        while (named.find()) {
            documented.add(named.group(1));
        }
        assertThat(documented).isEqualTo(rows);
    }

    /** The names of a class's tests, inherited ones included. */
    private static Stream<String> names(Class<?> type) {
        return ReflectionSupport.findMethods(
                        type,
                        method -> AnnotationSupport.isAnnotated(method, Testable.class),
                        HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(method -> type.getSimpleName() + "." + method.getName());
    }
}
