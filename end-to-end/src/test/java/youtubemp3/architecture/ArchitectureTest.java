package youtubemp3.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between modules and packages. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "youtubemp3.jobs",
                    "youtubemp3.web",
                    "youtubemp3.worker",
                    "youtubemp3.standalone",
                    "youtubemp3.standin");

    @Test
    void modulesDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("conversion-jobs")
                .definedBy("youtubemp3.jobs..")
                .layer("web")
                .definedBy("youtubemp3.web..")
                .layer("converter-worker")
                .definedBy("youtubemp3.worker..")
                .layer("standalone")
                .definedBy("youtubemp3.standalone..")
                .layer("youtube-stand-in")
                .definedBy("youtubemp3.standin..")
                .whereLayer("conversion-jobs")
                .mayOnlyBeAccessedByLayers("web", "converter-worker", "standalone")
                .whereLayer("web")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("converter-worker")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("youtube-stand-in")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("standalone")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    /**
     * Both services need the whole contract of the queue. The configuration refers to all types, so it is excluded.
     * Spring Boot loads the log package in every process, by META-INF/spring.factories.
     */
    @Test
    void conversionJobsContainsOnlyTypesThatWebAndWorkerNeed() {
        Set<JavaClass> neededByWeb = reachableFrom("youtubemp3.web", "youtubemp3.jobs.queue");
        Set<JavaClass> neededByWorker = reachableFrom("youtubemp3.worker", "youtubemp3.jobs.queue");
        Set<String> admitted = neededByWeb.stream()
                .filter(neededByWorker::contains)
                .map(ArchitectureTest::outermost)
                .collect(Collectors.toSet());
        assertThat(CLASSES.stream()
                        .filter(ArchitectureTest::mustBeAdmitted)
                        .map(ArchitectureTest::outermost)
                        .filter(name -> !admitted.contains(name)))
                .isEmpty();
    }

    private static boolean mustBeAdmitted(JavaClass type) {
        return type.getPackageName().startsWith("youtubemp3.jobs")
                && !type.getPackageName().startsWith("youtubemp3.jobs.queue")
                && !type.getPackageName().equals("youtubemp3.jobs.autoconfigure")
                && !type.getPackageName().equals("youtubemp3.jobs.log")
                && !type.getSimpleName().equals("package-info");
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getName());
    }

    /** The types of conversion-jobs that these packages use, with their dependencies and implementations. */
    private static Set<JavaClass> reachableFrom(String... roots) {
        Set<JavaClass> reached = CLASSES.stream()
                .filter(type -> Arrays.stream(roots).anyMatch(type.getPackageName()::startsWith))
                .collect(Collectors.toSet());
        Set<JavaClass> next = reached;
        while (!next.isEmpty()) {
            Set<JavaClass> found = next.stream()
                    .flatMap(type -> Stream.concat(
                            type.getDirectDependenciesFromSelf().stream()
                                    .map(dependency ->
                                            dependency.getTargetClass().getBaseComponentType()),
                            type.getAllSubclasses().stream()))
                    .filter(type -> type.getPackageName().startsWith("youtubemp3.jobs"))
                    .filter(type -> !type.getPackageName().equals("youtubemp3.jobs.autoconfigure"))
                    .filter(type -> !reached.contains(type))
                    .collect(Collectors.toSet());
            reached.addAll(found);
            next = found;
        }
        return reached;
    }

    @Test
    void conversionJobsUsesNoControllersHttpOrProcesses() {
        noClasses()
                .that()
                .resideInAPackage("youtubemp3.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ProcessBuilder.class.getName())
                .check(CLASSES);
    }

    @Test
    void theStandInDependsOnNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("youtubemp3.standin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "youtubemp3.jobs..", "youtubemp3.web..", "youtubemp3.worker..", "org.springframework..")
                .check(CLASSES);
    }

    @Test
    void onlyTheVideoPackageOpensConnections() {
        noClasses()
                .that()
                .resideInAPackage("youtubemp3.web..")
                .and()
                .resideOutsideOfPackage("youtubemp3.web.video..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "org.springframework.web.client..",
                        "org.springframework.http.client..",
                        "org.springframework.boot.http.client..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(URLConnection.class, Socket.class)
                .orShould()
                // methods only, since accepted connections are channels too
                .callMethod(SocketChannel.class, "open", SocketAddress.class)
                .orShould()
                .callMethod(SocketChannel.class, "connect", SocketAddress.class)
                .orShould()
                .callMethod(URL.class, "openStream")
                .check(CLASSES);
    }

    @Test
    void onlyItsOwnPackageDependsOnTomcat() {
        noClasses()
                .that()
                .resideOutsideOfPackage("youtubemp3.web.tomcat")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.catalina..", "org.apache.coyote..", "org.apache.tomcat..")
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("youtubemp3.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** An adapter for another broker is another package of the same shape. */
    @Test
    void adaptersOfTheQueueArePackagePrivate() {
        classes()
                .that()
                .resideInAPackage("youtubemp3.jobs.queue.*")
                .should()
                .bePackagePrivate()
                .orShould()
                .bePrivate()
                .check(CLASSES);
    }

    @Test
    void noClassIsCalledUtils() {
        classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)").check(CLASSES);
    }

    @Test
    void controllersStayInTheirPackages() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .bePackagePrivate()
                .check(CLASSES);
    }
}
