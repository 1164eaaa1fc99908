package youtubemp3.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import youtubemp3.compose.Stack;

/** Submits jobs while processes are killed at random, waits until all have ended, and checks the result. */
final class ChaosRun {

    /** A port that outgoing connections cannot take while web restarts. */
    private static final int LOWEST_PORT = 20_000;

    private static final int PORTS = 10_000;

    /** The maximum number of concurrent submissions. */
    private static final int CLIENTS = 4;

    /** After this time without a job that ends, the run is considered stalled. */
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    private static final Duration A_LOOK = Duration.ofMinutes(1);

    private final Plan plan;
    private final Path folder;
    private final Random random;
    private final ConcurrentLinkedQueue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final Map<Promise, Promise.End> ends = new ConcurrentHashMap<>();

    private ChaosRun(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        this.random = new Random(plan.seed());
    }

    /**
     * Executes the run, and writes its report to {@code target/chaos/<name>.md}.
     *
     * @param name the name of the run
     * @return the broken promises
     */
    static List<String> run(String name, Plan plan) throws Exception {
        System.out.println("chaos: " + plan);
        Path folder = Files.createDirectories(Path.of("target", "chaos").toAbsolutePath());
        Map<String, String> settings = Map.of(
                "PORT",
                "127.0.0.1:" + freePort(),
                "QUEUE_LIMIT",
                String.valueOf(2 * plan.jobs() + 100),
                "REDIS_APPENDFSYNC",
                plan.appendfsync());
        try (Stack stack = Stack.forChaos(name, plan.broker(), settings)) {
            stack.build();
            stack.up(plan.workers());
            Report report = new ChaosRun(plan, folder).run(stack);
            Files.writeString(folder.resolve(name + ".md"), report.text());
            System.out.println(report.text());
            return report.broken();
        }
    }

    private Report run(Stack stack) throws Exception {
        Script script = new Script(stack.web());
        Inspection inspection = new Inspection(stack, plan.workers(), plan.broker());
        ChaosMonkey killer = new ChaosMonkey(stack, plan);

        warmUp(script);
        Map<String, List<Evidence.Resources>> before = inspection.processes();

        CountDownLatch submitted = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> killing = threads.submit(() -> {
                killer.run(plan.killEvery(), plan.time());
                return null;
            });
            Future<?> watching = threads.submit(() -> {
                watch(script, submitted);
                return null;
            });
            submitAll(script);
            killing.get();
            submitted.countDown();
            inspection.awaitHealth();
            watching.get();
        } finally {
            threads.shutdownNow();
        }
        Evidence.Queue queue = quiet(inspection);
        return new Report(
                plan,
                killer.blows(),
                inspection.restarts(),
                script.refusals(),
                inspection.leftovers().size(),
                evidence(script, inspection, before, queue));
    }

    /** Converts one video of each kind for each worker, so that the resources of all processes have reached their usual level. */
    private void warmUp(Script script) throws InterruptedException {
        List<Promise> warm = new ArrayList<>();
        for (int round = 0; round < plan.workers(); round++) {
            for (AskedVideo video : AskedVideo.all()) {
                warm.add(script.submit(video));
            }
        }
        promises.addAll(warm);
        watch(script, new CountDownLatch(0));
    }

    /** Submits at a steady rate over the plan's time, and retries rejected submissions. */
    private void submitAll(Script script) throws Exception {
        List<AskedVideo> videos = new ArrayList<>();
        for (int i = 0; i < plan.jobs(); i++) {
            videos.add(AskedVideo.any(random));
        }
        long begin = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                done.add(clients.submit(() -> {
                    for (int i = next.getAndIncrement(); i < videos.size(); i = next.getAndIncrement()) {
                        long due = begin + plan.time().toNanos() / plan.jobs() * i;
                        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                        promises.add(script.submit(videos.get(i)));
                    }
                    return null;
                }));
            }
            for (Future<?> client : done) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Polls every open job until all have ended or the run stalls. */
    private void watch(Script script, CountDownLatch submitted) throws InterruptedException {
        long lastEnd = System.nanoTime();
        while (true) {
            boolean all = submitted.getCount() == 0;
            int open = 0;
            for (Promise promise : promises) {
                if (!ends.containsKey(promise)) {
                    Promise.End end = script.end(promise).orElse(null);
                    if (end == null) {
                        open++;
                    } else {
                        ends.put(promise, end);
                        lastEnd = System.nanoTime();
                    }
                }
            }
            if (!all) {
                lastEnd = System.nanoTime();
            }
            if (all && open == 0 || System.nanoTime() - lastEnd > STANDSTILL.toNanos()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Waits until the queue is empty, including jobs whose 201 was lost. */
    private static Evidence.Queue quiet(Inspection inspection) throws InterruptedException {
        long end = System.nanoTime() + STANDSTILL.toNanos();
        Evidence.Queue queue = inspection.queue();
        while (!queue.isEmpty() && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
            queue = inspection.queue();
        }
        return queue;
    }

    private Evidence evidence(
            Script script, Inspection inspection, Map<String, List<Evidence.Resources>> before, Evidence.Queue queue)
            throws Exception {
        Map<String, List<Evidence.Resources>> after = inspection.processes();
        List<Evidence.Kept> kept = new ArrayList<>();
        Set<String> strangers = inspection.files();
        Set<String> files = new TreeSet<>(strangers);
        for (Promise promise : promises) {
            strangers.remove(promise.job() + ".mp3");
            Promise.End end = ends.get(promise);
            kept.add(new Evidence.Kept(
                    promise,
                    end,
                    script.end(promise).orElse(null),
                    end != null && end.finished() ? download(script, promise) : null));
        }
        return new Evidence(
                kept,
                script.unpromised(),
                inspection.finishes(),
                files,
                inspection.statuses(strangers),
                inspection.leftoversAfterCleanup(),
                queue,
                before,
                after);
    }

    private Promise.@Nullable Download download(Script script, Promise promise) throws Exception {
        Path mp3 = folder.resolve("download.mp3");
        try {
            int status = script.download(promise, mp3);
            if (status != 200) {
                return new Promise.Download(status, 0, "");
            }
            String seconds =
                    said("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "" + mp3);
            String complaints = said("ffmpeg", "-nostdin", "-v", "error", "-i", "" + mp3, "-f", "null", "-");
            return new Promise.Download(status, number(seconds), complaints.strip());
        } catch (IOException e) {
            return new Promise.Download(0, 0, e.toString());
        } finally {
            Files.deleteIfExists(mp3);
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private String said(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(A_LOOK.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String text = Files.readString(said);
        Files.delete(said);
        return text;
    }

    private static int freePort() {
        Random any = new Random();
        while (true) {
            int port = LOWEST_PORT + any.nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                System.out.println("port " + port + " is taken: " + e.getMessage());
            }
        }
    }
}
