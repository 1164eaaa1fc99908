package youtubemp3.jobs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import youtubemp3.jobs.RandomJob;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.queue.rabbitmq.RealRabbit;

/**
 * Prints figures of both brokers from one run, without an assertion on time: {@code ./mvnw -Pbenchmark verify -pl conversion-jobs
 * -Dtest=BrokersBenchmark}. Redis writes its file as in compose.yaml. It needs a Docker engine.
 */
@Tag("benchmark")
class BrokersBenchmark {

    private static final int ROUNDS = 3;
    private static final int JOBS = 2_000;
    private static final int WAITING = 100_000;
    private static final int THREADS = 4;

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    private record Server(String broker, List<String> properties, Callable<Long> bytes, Runnable empty) {

        ConfigurableApplicationContext connect() {
            return new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .properties("logging.level.root=warn", "spring.main.banner-mode=off")
                    .properties("spring.data.redis.lettuce.pool.enabled=true", "youtubemp3.jobs.broker=" + broker)
                    .properties(properties.toArray(String[]::new))
                    .run();
        }
    }

    @Test
    void bothBrokers() throws Exception {
        try (GenericContainer<?> redis = new GenericContainer<>(DockerImageName.parse("redis:8"))
                        .withExposedPorts(6379)
                        .withCommand(
                                "redis-server",
                                "--appendonly",
                                "yes",
                                "--appendfsync",
                                "everysec",
                                "--protected-mode",
                                "no");
                RealRabbit rabbit = RealRabbit.start()) {
            redis.start();
            List<String> addresses = List.of(
                    "spring.data.redis.host=" + redis.getHost(),
                    "spring.data.redis.port=" + redis.getFirstMappedPort(),
                    "spring.rabbitmq.host=" + rabbit.host(),
                    "spring.rabbitmq.port=" + rabbit.port());
            List<Server> servers = List.of(
                    new Server("redis", addresses, () -> memoryOf(redis), () -> command(redis, "flushall")),
                    new Server(
                            "rabbitmq",
                            addresses,
                            () -> Long.parseLong(
                                    rabbit.control("-q", "eval", "io:format(\"~p\", [erlang:memory(total)]).")
                                            .lines()
                                            .findFirst()
                                            .orElseThrow()
                                            .replaceAll("[^0-9].*", "")),
                            () -> rabbit.control("purge_queue", "jobs")));
            for (int round = 0; round <= ROUNDS; round++) {
                for (Server server : servers) {
                    throughput(round == 0 ? "warm-up" : "round " + round, server, 0);
                }
            }
            for (Server server : servers) {
                long before = server.bytes().call();
                try (ConfigurableApplicationContext context = server.connect()) {
                    enqueue(context.getBean(JobQueue.class), WAITING, THREADS * 2);
                    System.out.printf(
                            "%s: %d waiting jobs take %d bytes of memory each%n",
                            server.broker(),
                            context.getBean(JobQueue.class).state().waiting(),
                            (server.bytes().call() - before) / WAITING);
                }
                for (int round = 1; round <= ROUNDS; round++) {
                    throughput(WAITING + " waiting, round " + round, server, WAITING);
                }
                server.empty().run();
                failover(server, "KILL");
                failover(server, "STOP");
            }
        }
    }

    private static long memoryOf(GenericContainer<?> redis) {
        return command(redis, "info", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .sum();
    }

    private static String command(GenericContainer<?> redis, String... words) {
        try {
            return redis.execInContainer(Stream.concat(Stream.of("redis-cli"), Stream.of(words))
                            .toArray(String[]::new))
                    .getStdout();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void throughput(String round, Server server, int waiting) throws Exception {
        try (ConfigurableApplicationContext context = server.connect()) {
            JobQueue queue = context.getBean(JobQueue.class);
            JobConsumer consumer = context.getBean(JobConsumer.class);
            consumer.join(Duration.ZERO);
            enqueue(queue, 10, 1);
            take(consumer, 10);
            double one = JOBS / 4 / seconds(() -> enqueue(queue, JOBS / 4, 1));
            double many = JOBS / seconds(() -> enqueue(queue, JOBS, THREADS * 2));
            double taken = (JOBS + JOBS / 4) / seconds(() -> take(consumer, JOBS + JOBS / 4));
            System.out.printf(
                    "%s, %s: %.0f jobs/s enqueued by one thread, %.0f by %d; %.0f jobs/s taken and done by %d%n",
                    round, server.broker(), one, many, THREADS * 2, taken, THREADS);
            assertThat(queue.state().waiting()).isEqualTo(waiting);
        }
    }

    private static Void enqueue(JobQueue queue, int jobs, int threads) throws Exception {
        return inParallel(threads, jobs, () -> queue.enqueue(RandomJob.of(new VideoId("dQw4w9WgXcQ"))));
    }

    private static Void take(JobConsumer consumer, int jobs) throws Exception {
        return inParallel(THREADS, jobs, () -> {
            Optional<Delivery> delivery = Optional.empty();
            while (delivery.isEmpty()) {
                delivery = consumer.take();
            }
            delivery.get().settle(new Outcome.Done());
        });
    }

    private static Void inParallel(int threads, int times, Runnable task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        AtomicInteger left = new AtomicInteger(times);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ends.add(executor.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    task.run();
                }
            }));
        }
        executor.shutdown();
        for (Future<?> end : ends) {
            end.get(10, TimeUnit.MINUTES);
        }
        return null;
    }

    private static double seconds(Callable<?> task) throws Exception {
        long begin = System.nanoTime();
        task.call();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** How long a job stays with a worker process that gets this signal. */
    private static void failover(Server server, String signal) throws Exception {
        try (ConfigurableApplicationContext context = server.connect()) {
            JobConsumer other = context.getBean(JobConsumer.class);
            other.join(Duration.ZERO);
            context.getBean(JobQueue.class).enqueue(RandomJob.of(new VideoId("dQw4w9WgXcQ")));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    BrokersBenchmark.class.getName(),
                    server.broker()));
            command.addAll(server.properties());
            Process worker = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(worker.inputReader().readLine()).isEqualTo("taken");
            new ProcessBuilder("kill", "-" + signal, "" + worker.pid()).start().waitFor();
            double seconds = seconds(() -> take(other, 1));
            System.out.printf(
                    "%s: a worker gets SIG%s; another has its job after %.1f s%n", server.broker(), signal, seconds);
            worker.destroyForcibly().waitFor();
        }
    }

    /** Another worker: takes a job and keeps it. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server(arguments[0], List.of(arguments).subList(1, arguments.length), () -> 0L, () -> {});
        try (ConfigurableApplicationContext context = server.connect()) {
            JobConsumer consumer = context.getBean(JobConsumer.class);
            consumer.join(Duration.ZERO);
            Optional<Delivery> delivery = Optional.empty();
            while (delivery.isEmpty()) {
                delivery = consumer.take();
            }
            System.out.println("taken");
            while (delivery.get().renew()) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
