package youtubemp3.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.web.security.SecurityHeaders;

/** Indexes everything in the project that the docs can name. */
final class ProjectIndex {

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
    private static final Pattern IMPORTED = Pattern.compile("(?m)^import (?:static )?[\\w.]*?\\.([A-Z]\\w*)");
    private static final Pattern REDIS_LITERAL = Pattern.compile("\"(\\{\\w+}:\\w+|[a-z]+[_:])\"");
    private static final Pattern METRIC_LITERAL = Pattern.compile("(?:counter|builder)\\(\\s*\"(youtubemp3[\\w.]+)\"");

    private static final Pattern HEADER_LITERAL =
            Pattern.compile("Header\\(\\s*\"([A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+)\"");

    final Path root;
    final Set<String> files = new TreeSet<>();
    final Set<String> folders = new TreeSet<>();
    /** The text of all files except docs: code, scripts, configuration. */
    final String text;

    final Set<String> words;
    /** The project's classes, with their source files. */
    final Map<String, String> types = new HashMap<>();

    private final Set<String> foreignTypes;
    final Set<String> redisKeys;
    final Set<String> metrics;
    final Set<String> profiles;
    final Set<String> headers = new TreeSet<>();
    /** The project's properties, with their defaults; blank without one. */
    final Map<String, String> settings = new TreeMap<>();

    private final Set<String> properties = new TreeSet<>();
    /** The endpoints, such as {@code GET /status/<>}. */
    final Set<String> mappings = new TreeSet<>();

    private ProjectIndex(Path root) throws IOException, ReflectiveOperationException {
        this.root = root;
        walk();
        text = files.stream()
                .filter(file -> !file.endsWith(".md") && !file.matches(".*\\.(png|jar)|mvnw.*"))
                .filter(file -> !file.endsWith("/DocsTest.java"))
                .map(this::read)
                .collect(joining("\n"));
        words = DocsTest.results(Pattern.compile("\\w+"), text)
                .map(MatchResult::group)
                .collect(toSet());
        files.stream().filter(file -> file.endsWith(".java")).forEach(file -> {
            String source = read(file);
            DocsTest.results(DECLARED, source).forEach(type -> types.merge(type.group(1), source, String::concat));
        });
        foreignTypes =
                DocsTest.results(IMPORTED, text).map(type -> type.group(1)).collect(toSet());
        String main = files.stream()
                .filter(file -> file.matches("(web|conversion-jobs)/src/main/.*\\.java"))
                .map(this::read)
                .filter(source -> Stream.of("StringRedisTemplate", "RateLimits", "queue.redis;")
                        .anyMatch(source::contains))
                .collect(joining("\n"));
        redisKeys =
                DocsTest.results(REDIS_LITERAL, main).map(key -> key.group(1)).collect(toSet());
        metrics = DocsTest.results(METRIC_LITERAL, text)
                .map(metric -> metric.group(1))
                .collect(toSet());
        profiles = DocsTest.results(
                        Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([\\w-]+)</id>"), read("pom.xml"))
                .map(profile -> profile.group(1))
                .collect(toSet());
        readHeaders();
        readSettings();
        readProperties();
        readMappings();
    }

    static ProjectIndex read() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("compose.yaml"))) {
            root = root.getParent();
        }
        try {
            return new ProjectIndex(root);
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    String read(String file) {
        try {
            // skips stray binary files
            return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String path = root.relativize(folder).toString();
                if (path.matches("(.*/)?target|\\.git|\\.idea|data")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(root.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void readHeaders() throws IllegalAccessException {
        for (Field field : HttpHeaders.class.getFields()) {
            if (field.getType() == String.class) {
                headers.add((String) field.get(null));
            }
        }
        DocsTest.results(HEADER_LITERAL, text).map(header -> header.group(1)).forEach(headers::add);
        // headers that Spring Security's writers set
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSecure(true);
        MockHttpServletResponse response = new MockHttpServletResponse();
        SecurityHeaders.put(request, response);
        headers.addAll(response.getHeaderNames());
    }

    private void readSettings() throws ClassNotFoundException {
        for (Class<?> type : annotated(ConfigurationProperties.class)) {
            readSettings(type.getAnnotation(ConfigurationProperties.class).value(), type);
        }
        properties.addAll(settings.keySet());
    }

    private void readSettings(String prefix, Class<?> type) {
        for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
            String name = prefix + "." + apart(parameter.getName(), "-");
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            if (parameter.getType().isRecord()) {
                readSettings(name, parameter.getType());
            } else {
                settings.put(name, value == null ? "" : String.join(",", value.value()));
            }
        }
    }

    /** Reads the properties of Spring Boot's modules. */
    private void readProperties() throws IOException {
        String metadata = "META-INF/spring-configuration-metadata.json";
        for (URL url : Collections.list(DocsTest.class.getClassLoader().getResources(metadata))) {
            try (InputStream stream = url.openStream()) {
                JsonNode all = new JsonMapper().readTree(stream).path("properties");
                all.forEach(property -> properties.add(property.path("name").asString()));
            }
        }
    }

    private void readMappings() throws ClassNotFoundException {
        for (Class<?> type : annotated(Controller.class)) {
            String prefix = MergedAnnotations.from(type)
                    .get(RequestMapping.class)
                    .getValue("path", String[].class)
                    .map(paths -> paths[0].replaceFirst("^\\$\\{.*:(.*)}$", "$1"))
                    .orElse("");
            for (Method method : type.getDeclaredMethods()) {
                MergedAnnotation<RequestMapping> mapping =
                        MergedAnnotations.from(method).get(RequestMapping.class);
                if (mapping.isPresent()) {
                    String[] paths = mapping.getStringArray("path");
                    String path = prefix + (paths.length == 0 ? "" : paths[0]);
                    RequestMethod[] methods = mapping.getEnumArray("method", RequestMethod.class);
                    mappings.add(withoutNames((methods.length == 0 ? "" : methods[0] + " ") + path));
                }
            }
        }
        Matcher actuator = Pattern.compile("include: ([a-z,]+)\\n").matcher(read("web/src/main/resources/web.yml"));
        if (!actuator.find()) {
            throw new AssertionError("web.yml exposes nothing");
        }
        for (String endpoint : actuator.group(1).split(",")) {
            mappings.add("GET /actuator/" + endpoint);
        }
        mappings.add("GET /actuator/deadjobs/<>");
        mappings.add("POST /actuator/deadjobs/<>");
        mappings.add("DELETE /actuator/deadjobs/<>");
        mappings.add("GET /actuator/health/liveness");
        mappings.add("GET /actuator/health/readiness");
    }

    private static List<Class<?>> annotated(Class<? extends java.lang.annotation.Annotation> annotation)
            throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
        List<Class<?>> found = new ArrayList<>();
        for (var bean : scanner.findCandidateComponents("youtubemp3")) {
            found.add(Class.forName(bean.getBeanClassName()));
        }
        return found;
    }

    /** Converts {@code aName} to {@code a-name}. */
    static String apart(String camelCase, String separator) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", separator).toLowerCase(Locale.ROOT);
    }

    /** The environment variable of a property, as Spring defines it. */
    static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Normalizes an address: {@code /status/{id}} and {@code /status/<uuid>} are the same. */
    static String withoutNames(String address) {
        return address.replaceAll("[{<][^}>]*[}>]", "<>");
    }

    Set<String> propertyVariables() {
        return properties.stream().map(ProjectIndex::variable).collect(toSet());
    }

    /** Whether the name is a property, a prefix of properties, or a property of a test. */
    boolean isProperty(String name) {
        return properties.contains(name)
                || properties.stream().anyMatch(property -> property.startsWith(name + "."))
                || (name.startsWith("youtubemp3.test.") && text.contains("\"" + name + "\""));
    }

    boolean hasType(String name, String member) {
        String source = types.get(name);
        if (source != null) {
            return member == null
                    || Pattern.compile("\\b" + member + "\\b").matcher(source).find()
                    || Pattern.compile("class " + name + " extends (\\w+)")
                            .matcher(source)
                            .results()
                            .anyMatch(superclass -> hasType(superclass.group(1), member));
        }
        return foreignTypes.contains(name) || isOfJavaLang(name);
    }

    private static boolean isOfJavaLang(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether an address exists: an endpoint, a static file, or a folder in a container. */
    boolean answers(String method, String address) {
        String plain = withoutNames(address);
        boolean mapped = mappings.stream()
                .anyMatch(mapping -> method == null
                        ? mapping.replaceFirst("^[A-Z]+ ", "").equals(plain)
                        : mapping.equals(method + " " + plain));
        if (mapped || method != null) {
            return mapped;
        }
        return files.contains("web/src/main/resources/static" + plain)
                || read("web/src/main/resources/templates/layout.html").contains("'" + plain + "'")
                || Stream.of("docker/Dockerfile", "compose.yaml")
                        .anyMatch(file -> Pattern.compile("(?<![\\w/])" + Pattern.quote(plain) + "(?![\\w/])")
                                .matcher(read(file))
                                .find());
    }

    /** Whether the path, or the end of one, is in the repository or generated by the build. */
    boolean hasFile(String name) {
        String path = name.replaceFirst("^\\./", "").replaceFirst("/$", "");
        if (read(".gitignore")
                .lines()
                .map(line -> line.replaceAll("^/|/$", ""))
                .anyMatch(made -> path.equals(made) || path.startsWith(made + "/"))) {
            return true;
        }
        if (path.contains("*")) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
            return files.stream().anyMatch(file -> matcher.matches(Path.of(file)));
        }
        boolean folder = name.endsWith("/");
        Set<String> all = folder
                ? folders
                : Stream.of(files, folders).flatMap(Set::stream).collect(toCollection(TreeSet::new));
        // the folder of unfinished files beside the finished ones
        boolean made = folder && types.get("LocalAudioStore").contains("\"" + path + "\"");
        return made || all.stream().anyMatch(file -> file.equals(path) || file.endsWith("/" + path));
    }
}
