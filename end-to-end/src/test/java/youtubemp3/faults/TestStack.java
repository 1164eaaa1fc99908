package youtubemp3.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.NewWish;
import youtubemp3.jobs.JobSettings.Broker;
import youtubemp3.standin.YouTubeStandIn;
import youtubemp3.standin.media.Media;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

/**
 * The product as processes: Redis, perhaps RabbitMQ, web and workers, each with its own proxies to them, and a volume. All share the
 * stand-in. {@link #keepsPromise} and {@link #isClean} are what every fault must end in.
 */
final class TestStack implements AutoCloseable {

    /** A few seconds of music, which arrive at once. */
    static final String SHORT = "faultshort0";

    /** A longer video that arrives over about four seconds, so that it can be interrupted. */
    static final String SLOW = "faultslow00";

    /** The first byte of sound comes after six seconds. */
    static final String LATE = "faultlate00";

    /** A video that arrives over about twenty seconds. */
    static final String LONG = "faultlong00";

    /** A video with a chapter every second, so that a worker can be interrupted between the files of two chapters. */
    static final String CHAPTERS = "faultchap00";

    /** How many chapters {@link #CHAPTERS} has. */
    static final int CHAPTER_COUNT = 55;

    private static final Map<String, Duration> LENGTHS = Map.of(
            SHORT, Duration.ofSeconds(5),
            SLOW, Duration.ofSeconds(24),
            LATE, Duration.ofSeconds(5),
            LONG, Duration.ofSeconds(24),
            CHAPTERS, Duration.ofSeconds(CHAPTER_COUNT));

    /** An environment variable that identifies all descendants of a service. */
    private static final String MARK = "YOUTUBEMP3_FAULTS_SCENE";

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    /** All stacks share the stand-in. */
    private static final AtomicInteger REFUSED = new AtomicInteger();

    private final YouTubeStandIn youTube;
    private final Thread end = new Thread(this::stop);
    private final MediaFiles brief;
    private final Path folder;
    private final RedisServer redis;
    private final @Nullable RabbitServer rabbit;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Set<Service> services = ConcurrentHashMap.newKeySet();
    private final Map<Service, URI> addresses = new ConcurrentHashMap<>();

    /** A product whose broker is Redis. */
    TestStack(YouTubeStandIn youTube) throws IOException, InterruptedException {
        this(youTube, Broker.REDIS);
    }

    TestStack(YouTubeStandIn youTube, Broker broker) throws IOException, InterruptedException {
        this(youTube, broker == Broker.RABBITMQ ? RabbitServer.start() : null);
    }

    /** @param rabbit the broker, which this stack closes; null for Redis */
    TestStack(YouTubeStandIn youTube, @Nullable RabbitServer rabbit) throws IOException, InterruptedException {
        this.rabbit = rabbit;
        this.youTube = youTube;
        Path music = Path.of(System.getProperty("java.io.tmpdir"), "youtube-stand-in", "music");
        Media media = new Media(music);
        brief = media.prelude(LENGTHS.get(SHORT));
        admitted(SHORT);
        youTube.add(Video.builder(SLOW)
                .media(media.prelude(LENGTHS.get(SLOW)))
                .rate(96_000)
                .build());
        youTube.add(Video.builder(LONG)
                .media(media.prelude(LENGTHS.get(LONG)))
                .rate(20_000)
                .build());
        youTube.add(Video.builder(LATE)
                .media(media.prelude(LENGTHS.get(LATE)))
                .mediaDelay(Duration.ofSeconds(6))
                .build());
        youTube.add(Video.builder(CHAPTERS)
                .media(media.prelude(LENGTHS.get(CHAPTERS)))
                .description(IntStream.range(0, CHAPTER_COUNT)
                        .mapToObj("0:%1$02d Chapter %1$d"::formatted)
                        .collect(Collectors.joining("\n")))
                .build());
        folder = Files.createTempDirectory("scene");
        Runtime.getRuntime().addShutdownHook(end);
        Files.createDirectories(volume().resolve("work"));
        Files.createDirectories(library());
        redis = new RedisServer(folder.resolve("redis"));
        Programs.archive(volume(), redis.port());
    }

    /** A video with a bot check until it is {@link #admitted}. */
    String refused() {
        String video = "refused%04d".formatted(REFUSED.incrementAndGet());
        youTube.add(Video.builder(video)
                .media(brief)
                .unplayable("LOGIN_REQUIRED", "Sign in to confirm you\u2019re not a bot")
                .build());
        return video;
    }

    /** A video whose sound YouTube cannot send until it is {@link #admitted}, for which its job is retried. */
    String failing() {
        String video = "failing%04d".formatted(REFUSED.incrementAndGet());
        youTube.add(Video.builder(video).media(brief).mediaStatus(503).build());
        return video;
    }

    void admitted(String video) {
        youTube.add(Video.builder(video).media(brief).build());
    }

    Path folder() {
        return folder;
    }

    Path volume() {
        return folder.resolve("volume");
    }

    /** The folder in which the workers keep finished files. */
    Path library() {
        return folder.resolve("library");
    }

    RedisServer redis() {
        return redis;
    }

    /** RabbitMQ, which is the broker. */
    RabbitServer rabbit() {
        return Objects.requireNonNull(rabbit);
    }

    /** Starts web without waiting until it is ready. */
    Service startWeb(String... settings) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--youtubemp3.storage.folder=" + volume(),
                "--youtubemp3.video.proxy=" + youTube.proxy(),
                "--youtubemp3.video.read-timeout=30s",
                "--youtubemp3.limits.submissions-per-minute=100000",
                "--youtubemp3.limits.waiting-jobs=1000",
                "--spring.http.clients.ssl.bundle=youtube",
                "--spring.ssl.bundle.pem.youtube.truststore.certificate=file:" + youTube.certificate()));
        arguments.addAll(List.of(settings));
        Service web = start(List.of(), Map.of(), Programs.WEB, arguments);
        addresses.put(web, URI.create("http://127.0.0.1:" + port + "/"));
        return web;
    }

    /** Starts a worker without waiting until it is ready. */
    Service startWorker(String... settings) throws IOException {
        return startWorker(List.of(), Map.of(), settings);
    }

    /** @param before a prefix of its command, such as one that drops privileges */
    Service startWorker(List<String> before, Map<String, String> environment, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--youtubemp3.storage.folder=" + volume(),
                "--youtubemp3.library.folder=" + library(),
                "--youtubemp3.worker.proxy=" + youTube.proxy(),
                "--youtubemp3.worker.yt-dlp-arguments=--no-check-certificates",
                "--youtubemp3.worker.concurrency=1",
                "--youtubemp3.worker.retry-delay=50ms",
                "--youtubemp3.worker.min-interval=0s",
                "--youtubemp3.worker.backoff.initial=1s",
                "--youtubemp3.worker.max-videos-per-hour=100000",
                "--youtubemp3.worker.longest-video=1m",
                "--youtubemp3.worker.stall-timeout=20s",
                "--youtubemp3.worker.shutdown-timeout=1s"));
        arguments.addAll(List.of(settings));
        return start(before, environment, Programs.WORKER, arguments);
    }

    private Service start(List<String> before, Map<String, String> environment, String program, List<String> arguments)
            throws IOException {
        RedisProxy toRedis = new RedisProxy(redis.port());
        AmqpProxy toRabbit = rabbit == null ? null : new AmqpProxy(rabbit.port());
        List<String> command = new ArrayList<>(before);
        command.addAll(Programs.command(program));
        Stream.Builder<String> settings = Stream.builder();
        settings.add("--spring.data.redis.host=127.0.0.1").add("--spring.data.redis.port=" + toRedis.port());
        if (toRabbit != null) {
            settings.add("--youtubemp3.jobs.broker=rabbitmq").add("--spring.rabbitmq.host=127.0.0.1");
            settings.add("--spring.rabbitmq.port=" + toRabbit.port()).add("--spring.rabbitmq.username=jobs");
            settings.add("--spring.rabbitmq.password=jobs");
        }
        settings.add("--youtubemp3.jobs.lease=5s");
        // a setting that occurs twice would become a list
        Map<String, String> once = new LinkedHashMap<>();
        Stream.concat(settings.build(), arguments.stream())
                .forEach(argument -> once.put(argument.substring(0, argument.indexOf('=')), argument));
        command.addAll(once.values());
        Path log = Files.createTempFile(folder, program.substring(program.lastIndexOf('.') + 1), ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(MARK, folder.toString());
        builder.environment().putAll(environment);
        Service service = new Service(builder.start(), toRedis, toRabbit, log);
        services.add(service);
        return service;
    }

    CompletableFuture<HttpResponse<String>> submit(Service web, String video) {
        return submitBody(web, NewWish.json(video));
    }

    CompletableFuture<HttpResponse<String>> submitBody(Service web, String body) {
        HttpRequest request = HttpRequest.newBuilder(addresses.get(web).resolve("submit"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Submits a video that must be accepted with 201. */
    String enqueue(Service web, String video) {
        return enqueue(web, video, Map.of());
    }

    /** @param options other fields of the request */
    String enqueue(Service web, String video, Map<String, String> options) {
        HttpResponse<String> response =
                submitBody(web, NewWish.json(video, options)).join();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return id(response);
    }

    static String id(HttpResponse<String> created) {
        return JSON.readTree(created.body()).path("data").path("filename").asString();
    }

    HttpResponse<String> get(Service web, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(addresses.get(web).resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode status(Service web, String id) throws IOException, InterruptedException {
        return JSON.readTree(get(web, "status/" + id).body());
    }

    /** Checks that an accepted job ends as FINISH with one whole file, or as FAILED with a reason. */
    JsonNode keepsPromise(Service web, String id, String video) throws IOException, InterruptedException {
        JsonNode status = end(web, id);
        List<Path> files = published(id);
        if (status.path("status").asString().equals("FAILED")) {
            assertThat(status.path("failure").path("reason").asString())
                    .as(status.toString())
                    .isNotBlank();
            return status;
        }
        assertThat(files).containsExactly(volume().resolve(id + ".mp3"));
        assertThat(length(files.get(0)))
                .isCloseTo(LENGTHS.getOrDefault(video, LENGTHS.get(SHORT)), Duration.ofSeconds(1));
        assertThat(get(web, "download-music/" + id).statusCode()).isEqualTo(200);
        return status;
    }

    /** Waits until the job has ended. */
    JsonNode end(Service web, String id) {
        return await("the end of job " + id)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> status(web, id),
                        now -> Set.of("FINISH", "FAILED")
                                .contains(now.path("status").asString()));
    }

    /** The files of a job. */
    List<Path> published(String id) {
        return files(volume(), path -> path.getFileName().toString().contains(id) && Files.isRegularFile(path));
    }

    /**
     * Checks that the queue is empty, that all keys expire, that no process is left, and that the folder of unfinished files has only
     * the leftovers of these killed jobs.
     */
    void isClean(String... killed) {
        isClean(redis.template(), killed);
    }

    /** @param template a connection to the Redis that web and workers use */
    void isClean(StringRedisTemplate template, String... killed) {
        await("an empty queue").atMost(LONGEST).untilAsserted(() -> {
            // a retry is enqueued before it is removed, so the queue is looked at last
            assertThat(template.opsForZSet().size("{jobs}:retries"))
                    .as("retries")
                    .isZero();
            assertThat(queued(template)).as("jobs in the queue").isZero();
        });
        if (rabbit == null) {
            assertThat(template.opsForStream()
                            .pending("{jobs}:stream", "workers")
                            .getTotalPendingMessages())
                    .as("pending")
                    .isZero();
        }
        assertThat(template.keys("*").stream()
                        .filter(key -> !key.startsWith("{jobs}:"))
                        .filter(key -> template.getExpire(key) == -1))
                .as("keys for ever")
                .isEmpty();
        await("no process left")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(children()).isEmpty());
        await("no leftovers")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(files(volume().resolve("work"), path -> true))
                        .allMatch(path -> Arrays.stream(killed)
                                .anyMatch(id -> path.toString().contains(id))));
    }

    /** The number of jobs that wait in the queue or are held by a worker. */
    long queued() {
        return queued(redis.template());
    }

    private long queued(StringRedisTemplate template) {
        return rabbit == null ? inRedis(template) : rabbit.jobs();
    }

    /** The number of jobs in Redis' queue. */
    long inRedis() {
        return inRedis(redis.template());
    }

    private static long inRedis(StringRedisTemplate template) {
        Long jobs = template.opsForStream().size("{jobs}:stream");
        return jobs == null ? 0 : jobs;
    }

    /** Runs the cleanup script, which removes old leftovers of killed attempts. */
    void cleanUp() throws IOException, InterruptedException {
        Path work = volume().resolve("work");
        for (Path path : files(work, path -> true)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        ProcessBuilder cleanup = new ProcessBuilder("sh", "../cleanup/cleanup.sh").redirectErrorStream(true);
        cleanup.redirectOutput(folder.resolve("cleanup.log").toFile());
        cleanup.environment().put("MUSIC_FOLDER", volume().toString());
        assertThat(cleanup.start().waitFor())
                .as(Files.readString(folder.resolve("cleanup.log")))
                .isZero();
        assertThat(files(work, path -> true)).isEmpty();
    }

    /** Delivers the waiting job to a consumer that never settles it, and lets the lease expire. */
    void abandon() throws IOException {
        if (rabbit != null) {
            try (Connection connection = rabbit.connect()) {
                assertThat(connection.createChannel().basicGet(AmqpProxy.JOBS, false))
                        .isNotNull();
            }
            return;
        }
        String stream = "{jobs}:stream";
        redis.tell("XREADGROUP", "GROUP", "workers", "nobody", "STREAMS", stream, ">");
        String entry = redis.template()
                .opsForStream()
                .range(stream, Range.unbounded())
                .get(0)
                .getId()
                .getValue();
        redis.tell("XCLAIM", stream, "workers", "nobody", "0", entry, "IDLE", "60000", "JUSTID");
    }

    /** The ids and command lines of all descendants of the services, including orphans. */
    Map<Long, String> children() {
        Map<Long, String> found = new ConcurrentHashMap<>();
        ProcessHandle.allProcesses()
                .filter(process -> services.stream().noneMatch(service -> service.pid() == process.pid()))
                .forEach(process -> {
                    if (read(process.pid(), "environ").contains(MARK + "=" + folder + "\0")) {
                        String commandLine = read(process.pid(), "cmdline").replace('\0', ' ');
                        // a zombie has no command line
                        if (!commandLine.isBlank()) {
                            found.put(process.pid(), commandLine);
                        }
                    }
                });
        return found;
    }

    /** Waits for the process of a tool. */
    long tool(String name) {
        return await(name)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> children().entrySet().stream()
                                .filter(child -> isTool(child.getValue(), name))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(0L),
                        pid -> pid != 0);
    }

    /** Whether the tool is the program or the script of an interpreter, and not just an argument of another program. */
    private static boolean isTool(String commandLine, String name) {
        return commandLine.matches("(\\S*python\\S*( -\\S+)* )?(\\S*/)?" + name + "( .*)?")
                && !commandLine.endsWith("version");
    }

    private static String read(long pid, String file) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", "" + pid, file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // the process has ended meanwhile
            return "";
        }
    }

    static List<Path> files(Path folder, java.util.function.Predicate<Path> which) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> !path.equals(folder)).filter(which).toList();
        } catch (IOException | UncheckedIOException e) {
            // a file that was deleted meanwhile
            return Files.isDirectory(folder) ? files(folder, which) : List.of();
        }
    }

    /** The length of all frames that ffprobe reads, since the header may be wrong. */
    private Duration length(Path mp3) throws IOException, InterruptedException {
        File out = folder.resolve("ffprobe-" + UUID.randomUUID()).toFile();
        Process process = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_packets",
                        "-select_streams",
                        "a:0",
                        "-show_entries",
                        "stream=nb_read_packets,sample_rate",
                        "-of",
                        "csv=p=0",
                        mp3.toString())
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        assertThat(process.waitFor()).isZero();
        String[] rateAndPackets = Files.readString(out.toPath()).strip().split(",");
        // a frame of an MP3 has 1152 samples
        return Duration.ofMillis(1152_000 * Long.parseLong(rateAndPackets[1]) / Long.parseLong(rateAndPackets[0]));
    }

    /** Removes a service that has ended from this stack. */
    void forget(Service service) {
        services.remove(service);
        addresses.remove(service);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        stop();
    }

    /** Also runs when the JVM is shut down. */
    private void stop() {
        services.forEach(Service::close);
        redis.close();
        if (rabbit != null) {
            rabbit.close();
        }
        children().keySet().forEach(pid -> Service.signal(pid, "KILL"));
    }
}
