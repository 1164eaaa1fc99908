package youtubemp3.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.context.support.ResourceBundleMessageSource;
import youtubemp3.standin.Demo;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.FailureMessages;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.progress.JobProgress;
import youtubemp3.worker.failure.Diagnosis;
import youtubemp3.worker.failure.FailureKind;

/**
 * Checks that names in backticks in the docs exist, and that everything readers look up is documented. A name is recognized by
 * its form (a path, a class, a property, ...); {@link #problem} has all forms.
 */
class DocsTest {

    static final ProjectIndex PROJECT = ProjectIndex.read();
    private static final List<Page> PAGES = pages();
    private static final MessageSourceAccessor MESSAGES = messages();

    private static final Pattern ADDRESS = Pattern.compile("(?:(GET|HEAD|POST|PUT|DELETE) )?(/\\S*)");
    private static final Pattern REDIS_KEY = Pattern.compile("(\\{\\w+}:\\S+|[a-z]+[_:])(<.+>)?");
    private static final Pattern PROPERTY = Pattern.compile("(?:youtubemp3|spring|server|management)\\.[\\w.-]+");
    private static final Pattern PROPERTY_VARIABLE = Pattern.compile("(?:YOUTUBEMP3|SPRING)_\\w+");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*");
    private static final Pattern SNAKE = Pattern.compile("[a-z]+(?:_[a-z0-9]+)+");
    private static final Pattern HEADER = Pattern.compile("[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+");
    private static final Pattern TYPE = Pattern.compile("@?([A-Z][A-Za-z0-9]+)(?:\\.(\\w+)(?:\\(\\))?)?");
    private static final Pattern OPTION = Pattern.compile("(--[a-z][\\w-]+)(?:=.*)?");
    private static final Pattern PROFILE = Pattern.compile("-P(\\w[\\w-]*)");
    private static final Pattern MEDIA_TYPE = Pattern.compile("(?:application|audio|image|text)/[\\w.+-]+");
    private static final Pattern PATH = Pattern.compile("(?:\\./)?\\.?[\\w*-][\\w.*-]*(?:/[\\w.*-]+)*/?");
    private static final Pattern FILE_ENDING = Pattern.compile(
            ".*\\.(?:java|js|css|html|md|xml|ya?ml|sh|png|svg|Dockerfile|dockerignore|example|editorconfig)");

    /** Addresses of a machine rather than the product. */
    private static final Pattern OF_A_MACHINE =
            Pattern.compile("(?<![\\w.}>])/(?:work|root|home|Users|opt|mnt|srv)(?:/|\\b)|(?i)\\bC:\\\\");

    private static final Set<String> DIAGRAMS = Set.of("flowchart", "sequenceDiagram", "stateDiagram-v2");

    private static MessageSourceAccessor messages() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasename("messages");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setAlwaysUseMessageFormat(true);
        return new MessageSourceAccessor(source, Locale.ENGLISH);
    }

    private static List<Page> pages() {
        return PROJECT.files.stream()
                .filter(file -> file.matches("[A-Z]+\\.md|docs/.*\\.md"))
                .map(Page::read)
                .toList();
    }

    private static Page page(String path) {
        return PAGES.stream()
                .filter(page -> page.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("missing page " + path));
    }

    // ---- documented names exist

    @ParameterizedTest
    @MethodSource("pages")
    void namesInBackticksExist(Page page) {
        assertThat(page.problems(Page.SPAN, DocsTest::problem)).as(page.path()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesInCommandsExist(Page page) {
        assertThat(page.commands().flatMap(command -> inCommand(command).stream()))
                .as(page.path())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksHaveATarget(Page page) {
        assertThat(page.problems(Page.LINK, target -> brokenLink(page, target)))
                .as(page.path())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesContainNoPathsOfOneMachine(Page page) {
        assertThat(page.text().lines().filter(line -> OF_A_MACHINE.matcher(line).find()))
                .as(page.path())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void flowchartsAreWellFormed(Page page) {
        assertThat(page.fences("mermaid").flatMap(DocsTest::flaws))
                .as(page.path())
                .isEmpty();
    }

    /** The problem with a name; empty without one. The first matching form decides. */
    private static Optional<String> problem(String name) {
        if (name.contains(" ") && !ADDRESS.matcher(name).matches() && !name.contains("<")) {
            return inCommand(name);
        }
        Matcher address = ADDRESS.matcher(name);
        if (address.matches()) {
            return unless(PROJECT.answers(address.group(1), address.group(2)), "nothing answers there");
        }
        Matcher key = REDIS_KEY.matcher(name);
        if (key.matches()) {
            return unless(PROJECT.redisKeys.contains(key.group(1)), "no such Redis key");
        }
        if (MEDIA_TYPE.matcher(name).matches()) {
            return Optional.empty();
        }
        if (PROPERTY.matcher(name).matches()) {
            return unless(PROJECT.isProperty(name) || PROJECT.metrics.contains(name), "neither property nor metric");
        }
        if (PROPERTY_VARIABLE.matcher(name).matches()) {
            return unless(PROJECT.propertyVariables().contains(name), "no property has this variable");
        }
        if (CONSTANT.matcher(name).matches() || SNAKE.matcher(name).matches()) {
            return unless(PROJECT.words.contains(name), "occurs nowhere in the code");
        }
        if (HEADER.matcher(name).matches()) {
            return unless(PROJECT.headers.contains(name), "no such header");
        }
        Matcher type = TYPE.matcher(name);
        if (type.matches() && !PROJECT.headers.contains(name)) {
            return unless(PROJECT.hasType(type.group(1), type.group(2)), "no such class, or it has no such member");
        }
        Matcher option = OPTION.matcher(name);
        if (option.matches()) {
            return unless(PROJECT.text.contains(option.group(1)), "no such option");
        }
        Matcher profile = PROFILE.matcher(name);
        if (profile.matches()) {
            return unless(PROJECT.profiles.contains(profile.group(1)), "no such profile");
        }
        boolean path = name.contains("/") || FILE_ENDING.matcher(name).matches();
        return path && PATH.matcher(name).matches()
                ? unless(PROJECT.hasFile(name), "no such file or folder")
                : Optional.empty();
    }

    /** The problems with a command line, word by word. */
    private static Optional<String> inCommand(String command) {
        String previous = "";
        for (String word : command.split("[\\s;()|&'\"]+")) {
            Optional<String> problem = inCommand(previous, word);
            if (problem.isPresent()) {
                return problem.map(what -> command + ": " + word + ": " + what);
            }
            previous = word;
        }
        return Optional.empty();
    }

    private static Optional<String> inCommand(String previous, String word) {
        if (word.startsWith("./")) {
            return unless(PROJECT.hasFile(word), "no such file");
        }
        if (word.startsWith("--youtubemp3.") || word.startsWith("--server.")) {
            return unless(PROJECT.isProperty(word.substring(2).split("=")[0]), "no such property");
        }
        if (previous.equals("-pl")) {
            return unless(PROJECT.hasFile(word + "/pom.xml"), "no such module");
        }
        if (PROFILE.matcher(word).matches()) {
            return problem(word);
        }
        Matcher test = Pattern.compile("-Dtest=(\\w+)").matcher(word);
        if (test.matches()) {
            return unless(PROJECT.types.containsKey(test.group(1)), "no such test");
        }
        Matcher variable = Pattern.compile("([A-Z][A-Z0-9_]+)=.*").matcher(word);
        if (variable.matches()) {
            return problem(variable.group(1));
        }
        Matcher local =
                Pattern.compile("(?:http://localhost:8080|\\$base)(/\\S*)").matcher(word);
        if (local.matches()) {
            return unless(PROJECT.answers(null, local.group(1).replaceAll("\\$\\w+", "<>")), "nothing answers there");
        }
        return Optional.empty();
    }

    private static Optional<String> brokenLink(Page from, String target) {
        if (target.matches("[a-z]+:.*")) {
            return Optional.empty();
        }
        String[] parts = target.split("#", 2);
        String file = parts[0].isEmpty()
                ? from.path()
                : Path.of(from.path())
                        .resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                        .normalize()
                        .toString();
        if (!PROJECT.files.contains(file) && !PROJECT.folders.contains(file)) {
            return Optional.of("there is no " + file);
        }
        return parts.length == 1
                ? Optional.empty()
                : unless(page(file).anchors().contains(parts[1]), "no such heading in " + file);
    }

    private static Optional<String> unless(boolean fine, String otherwise) {
        return fine ? Optional.empty() : Optional.of(otherwise);
    }

    /** The syntax errors in a diagram, which GitHub would not render or would render wrongly. */
    private static Stream<String> flaws(String diagram) {
        List<String> flaws = new ArrayList<>();
        String kind = diagram.strip().split("\\s", 2)[0];
        if (!DIAGRAMS.contains(kind)) {
            flaws.add("no such diagram: " + kind);
        }
        Set<String> named = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        diagram.lines().skip(1).forEach(line -> {
            String bare = line.replaceAll("\"[^\"]*\"", "");
            if (bare.contains("\"")) {
                flaws.add("a quote is not closed: " + line);
            }
            if (kind.equals("flowchart")) {
                if (!balanced(bare)) {
                    flaws.add("brackets that do not match, or a label without quotes: " + line);
                }
                Pattern.compile("([A-Za-z]\\w*)(\\W?)").matcher(bare).results().forEach(node -> {
                    used.add(node.group(1));
                    if ("[({".contains(node.group(2)) && !node.group(2).isEmpty()) {
                        named.add(node.group(1));
                    }
                });
            }
        });
        used.removeAll(named);
        used.removeAll(Set.of("subgraph", "end"));
        used.forEach(node -> flaws.add("a box without a label: " + node));
        return flaws.stream();
    }

    /** Matches nested brackets, after quoted labels have been removed. */
    private static boolean balanced(String line) {
        String rest = line.replace("-->", "").replace("<--", "").replace(".->", "");
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = rest.replace("[]", "").replace("()", "").replace("{}", "");
        }
        return !rest.matches(".*[\\[\\](){}].*");
    }

    // ---- everything readers look up is documented

    @ParameterizedTest
    @CsvSource({"docs/submit.md, 14", "docs/download.md, 10"})
    void theFlowchartsKeepTheirNumbers(String path, int last) {
        String diagram = page(path).fences("mermaid").findFirst().orElseThrow();
        List<String> numbers = results(Pattern.compile("[\\[{]\"(\\d+) "), diagram)
                .map(number -> number.group(1))
                .toList();
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList());
    }

    @Test
    void everySettingIsInTheReferenceWithItsDefault() {
        Page reference = page("docs/reference.md");
        assertThat(PROJECT.settings).isNotEmpty();
        PROJECT.settings.forEach((name, value) -> assertThat(reference.row(name).get(1))
                .as("default of " + name)
                .startsWith(value.isEmpty() ? "none" : "`" + value + "`"));
    }

    @Test
    void everySettingOfComposeIsInTheReadmeWithItsDefault() {
        Map<String, String> example = new TreeMap<>();
        results(Pattern.compile("(?m)^([A-Z_]+)=(.*)$"), PROJECT.read(".env.example"))
                .forEach(line -> example.put(line.group(1), line.group(2)));
        Map<String, String> compose = new TreeMap<>();
        String stack = PROJECT.read("compose.yaml") + PROJECT.read("docker/compose.rabbitmq.yaml");
        results(Pattern.compile("\\$\\{([A-Z_]+):?([-+])([^}]*)}"), stack)
                // ${NAME:+value} depends on whether the setting is set; a path is a placeholder for an empty setting
                .filter(variable -> variable.group(2).equals("-"))
                .forEach(variable ->
                        compose.put(variable.group(1), variable.group(3).replaceFirst("^/dev/null$", "")));
        assertThat(example).as(".env.example against the files for Compose").isEqualTo(compose);

        Page readme = page("README.md");
        example.forEach((name, value) -> {
            List<String> row = readme.row(name);
            assertThat(row.get(1).replace("`", "")).as("default of " + name).satisfies(text -> {
                if (value.isEmpty()) {
                    assertThat(row.get(1)).doesNotContain("`");
                } else {
                    assertThat(text).isEqualTo(value);
                }
            });
            results(Pattern.compile("`([a-z][\\w.-]+)`"), row.get(2))
                    .map(property -> property.group(1))
                    .filter(property -> !property.equals("server.port"))
                    .forEach(property -> assertThat(stack.lines())
                            .as(name + " becomes " + property)
                            .anyMatch(line -> line.strip().startsWith(ProjectIndex.variable(property) + ":")
                                    && line.contains("${" + name)));
        });
    }

    /** Where a stack has the default of Compose, the README has it. */
    @Test
    void everySettingOfTheStackIsDocumentedWithItsDefault() {
        results(Pattern.compile("\\$\\{([A-Z_]+):?-([^}]*)}"), PROJECT.read("docker/stack.yaml"))
                .forEach(variable -> {
                    // without a folder, nothing is mounted, and nothing where the library would be
                    String value = Set.of("/dev/null", "/library").contains(variable.group(2)) ? "" : variable.group(2);
                    String line = variable.group(1) + "=" + value;
                    if (PROJECT.read(".env.example").lines().noneMatch(line::equals)) {
                        assertThat(page("docs/reference.md")
                                        .row(variable.group(1))
                                        .get(1)
                                        .replace("`", ""))
                                .as("default of " + variable.group(1))
                                .isEqualTo(value.isEmpty() ? "none" : value);
                    }
                });
    }

    @Test
    void everyAddressIsInTheReference() {
        Set<String> named = page("docs/reference.md").spans().collect(toSet());
        assertThat(PROJECT.mappings).isNotEmpty();
        assertThat(named.stream().map(ProjectIndex::withoutNames)).containsAll(PROJECT.mappings);
    }

    @Test
    void everyRedisKeyIsInTheReference() {
        Page reference = page("docs/reference.md");
        assertThat(PROJECT.redisKeys)
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(reference.spans()).anyMatch(span -> span.equals(key) || span.startsWith(key + "<")));
    }

    @Test
    void theRedisOfStartGrantsAccessToEveryKey() {
        String rules = PROJECT.read("standalone/src/main/java/youtubemp3/standalone/RedisServer.java");
        assertThat(PROJECT.redisKeys)
                .allSatisfy(key -> assertThat(rules).contains("~" + key.replaceFirst("(?<=}:).*", "") + "*"));
    }

    @Test
    void everyMetricIsInTheReference() {
        assertThat(PROJECT.metrics).isNotEmpty();
        assertThat(page("docs/reference.md").spans()).containsAll(PROJECT.metrics);
    }

    @Test
    void everyFieldOfAResponseIsInTheReference() {
        assertThat(page("docs/reference.md").spans())
                .containsAll(Stream.of(ApiResponse.class, JobProgress.class)
                        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                        .map(component -> ProjectIndex.apart(component.getName(), "_"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource
    void everyMessageCodeIsExplained(MessageCode code) {
        String status = String.valueOf(code.status().value());
        assertThat(page("README.md").row(code.name()).get(1)).startsWith(status);
        List<String> row = page("docs/reference.md").section("POST /submit").row(code.name());
        assertThat(row.get(1)).startsWith(status);
        assertThat(row.get(2))
                .isEqualTo(code.retryAfter().map(seconds -> seconds + " s").orElse(""));
        assertThat(row.get(3)).isEqualTo(MESSAGES.getMessage(code));
    }

    static Stream<MessageCode> everyMessageCodeIsExplained() {
        return Arrays.stream(MessageCode.values());
    }

    @ParameterizedTest
    @MethodSource
    void everyKindOfFailureIsExplained(FailureKind kind) {
        List<String> row = page("docs/reference.md").section("Kinds of failure").row(kind.name());
        long retries = IntStream.iterate(
                        1,
                        attempt -> kind.delay(attempt, Duration.ofSeconds(10), () -> 0)
                                .isPresent(),
                        attempt -> attempt + 1)
                .count();
        assertThat(row.get(1)).isEqualTo(String.valueOf(retries));
        String waits = IntStream.rangeClosed(1, (int) retries)
                .mapToObj(attempt -> kind.delay(attempt, Duration.ofSeconds(10), () -> 0)
                        .orElseThrow()
                        .toSeconds())
                .map(seconds -> String.valueOf(seconds < 600 ? seconds : seconds / 60))
                .collect(joining(", "));
        assertThat(row.get(2).replaceFirst(" (s|min)$", "")).isEqualTo(waits);
    }

    /** The reference lists the messages of web by the kinds of the worker. */
    @ParameterizedTest
    @MethodSource("everyKindOfFailureIsExplained")
    void everyKindOfFailureHasTheMessageOfTheReference(FailureKind kind) {
        List<String> row = page("docs/reference.md").section("Kinds of failure").row(kind.name());
        Duration longestVideo = Duration.parse("PT" + PROJECT.settings.get("youtubemp3.worker.longest-video"));
        List<String> arguments =
                switch (kind) {
                    case TOO_LONG -> List.of(longestVideo.toString());
                    case FORMAT_MISSING -> List.of("M4A");
                    case STARTS_AFTER_END -> List.of("2:24");
                    case YOUTUBE_MESSAGE -> List.of("(its message)");
                    default -> List.of();
                };
        assertThat(new FailureMessages(MESSAGES)
                        .reason(new Diagnosis(kind, arguments).failure())
                        .reason())
                .isEqualTo(row.get(3));
    }

    static Stream<FailureKind> everyKindOfFailureIsExplained() {
        return Arrays.stream(FailureKind.values());
    }

    @Test
    void everyVideoOfTheDemoIsExplained() {
        assertThat(page("docs/standalone.md").spans())
                .containsAll(Arrays.stream(Demo.values()).map(Demo::id).toList());
    }

    @Test
    void everyPageIsLinkedFromTheIndex() {
        Set<String> linked = page("docs/README.md")
                .matches(Page.LINK)
                .map(target -> "docs/" + target.split("#")[0])
                .collect(toSet());
        assertThat(PAGES.stream()
                        .map(Page::path)
                        .filter(path -> path.startsWith("docs/") && !path.equals("docs/README.md")))
                .isNotEmpty()
                .allMatch(linked::contains);
    }

    static Stream<MatchResult> results(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
