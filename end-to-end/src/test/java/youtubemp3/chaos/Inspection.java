package youtubemp3.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import youtubemp3.chaos.Evidence.Resources;
import youtubemp3.compose.Stack;
import youtubemp3.jobs.JobSettings.Broker;

/** Inspects the containers. */
final class Inspection {

    /** Cron runs every few minutes, and ages are whole minutes. */
    private static final Duration CLEANUP = Duration.ofMinutes(5);

    private static final Duration START = Duration.ofMinutes(5);

    private static final Pattern FINISHED = Pattern.compile("Job ([0-9a-f-]{36}): finished (?:in|with)");

    private static final Pattern MP3 = Pattern.compile("([0-9a-f-]{36})\\.mp3");

    /** Prints name, memory, threads and open files of each process except this shell. */
    private static final String PROCESSES = """
            for p in /proc/[0-9]*; do
              [ ${p#/proc/} != $$ ] || continue
              { read -r name < $p/comm; } 2>/dev/null || continue
              rss=0 threads=0
              while read -r key value _; do
                case $key in VmRSS:) rss=$value ;; Threads:) threads=$value ;; esac
              done 2>/dev/null < $p/status
              set -- $p/fd/*
              echo "$name $rss $threads $#"
            done""";

    private static final String QUEUE = """
            local stream = "{jobs}:stream"
            local pending = redis.pcall("XPENDING", stream, "workers")
            return {redis.call("XLEN", stream), tonumber(pending[1]) or 0, redis.call("ZCARD", "{jobs}:retries"),
              redis.call("XLEN", "{jobs}:dead")}""";

    private static final String IMMORTAL = """
            local found = {}
            for _, key in ipairs(redis.call("KEYS", "*")) do
              if redis.call("PTTL", key) == -1 then found[#found + 1] = key end
            end
            return found""";

    /** Asks the queue itself, since what RabbitMQ lists is some seconds old. */
    private static final String RABBIT_QUEUE = """
            rabbitmqctl --quiet eval '
              Ask = fun(Query) -> {ok, {_, Count}, _} = ra:leader_query({binary_to_atom(<<"%2F_jobs">>), node()}, Query), Count end,
              All = Ask(fun rabbit_fifo:query_messages_total/1),
              {All, All - Ask(fun rabbit_fifo:query_messages_ready/1)}.'""";

    private final Stack stack;
    private final int workers;
    private final Broker broker;

    Inspection(Stack stack, int workers, Broker broker) {
        this.stack = stack;
        this.workers = workers;
        this.broker = broker;
    }

    /** Waits until all containers report themselves healthy. */
    void awaitHealth() {
        await("healthy containers")
                .atMost(START)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> stack.containers().values().stream()
                        .filter(container -> !container.at("/State/Health").isMissingNode())
                        .allMatch(container -> container
                                .at("/State/Health/Status")
                                .asString("")
                                .equals("healthy")));
    }

    /** How often Docker has restarted each container. */
    Map<String, Integer> restarts() {
        Map<String, Integer> restarts = new TreeMap<>();
        stack.containers()
                .forEach((name, container) ->
                        restarts.put(name, container.at("/RestartCount").asInt()));
        return restarts;
    }

    Evidence.Queue queue() {
        List<Integer> counts =
                redis("EVAL '" + QUEUE + "' 0").stream().map(Integer::valueOf).toList();
        List<Integer> queue = broker == Broker.REDIS ? counts : rabbit();
        return new Evidence.Queue(
                queue.get(0),
                queue.get(1),
                counts.get(2),
                new TreeSet<>(redis("ZRANGE {jobs}:open 0 -1")),
                counts.get(3),
                new TreeSet<>(redis("EVAL '" + IMMORTAL + "' 0")));
    }

    /** All jobs in the queue of RabbitMQ, and those of them that a worker holds. */
    private List<Integer> rabbit() {
        return Stream.of(stack.exec("rabbitmq-1", "sh", RABBIT_QUEUE)
                        .replaceAll("[{}\\s]", "")
                        .split(","))
                .map(Integer::valueOf)
                .toList();
    }

    private List<String> redis(String command) {
        return stack.exec("redis-1", "sh", "redis-cli " + command)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The content of the volume, except unfinished files. */
    Set<String> files() {
        Set<String> files = new TreeSet<>(inVolume("for f in * .[!.]*; do [ ! -e \"$f\" ] || echo \"$f\"; done"));
        files.remove("work");
        return files;
    }

    /** The statuses of the jobs of these files. */
    Map<String, String> statuses(Set<String> files) {
        Map<String, String> statuses = new HashMap<>();
        for (String file : files) {
            Matcher mp3 = MP3.matcher(file);
            if (mp3.matches()) {
                redis("GET " + mp3.group(1)).forEach(status -> statuses.put(file, status));
            }
        }
        return statuses;
    }

    /** The unfinished conversions. */
    List<String> leftovers() {
        return inVolume("for f in work/*; do [ ! -e \"$f\" ] || echo \"${f#work/}\"; done");
    }

    /** The unfinished conversions after a cleanup of all that are older than a minute. */
    List<String> leftoversAfterCleanup() {
        long end = System.nanoTime() + CLEANUP.toNanos();
        while (!leftovers().isEmpty() && System.nanoTime() < end) {
            inVolume("LEFTOVER_MINUTES=1 cleanup.sh; sleep 5");
        }
        return leftovers();
    }

    /** Runs a command in the volume. */
    private List<String> inVolume(String command) {
        return stack.exec("cleanup-1", "sh", "cd /data; " + command).lines().toList();
    }

    /** How often the workers logged that a job has finished. */
    Map<UUID, Integer> finishes() {
        Map<UUID, Integer> finishes = new HashMap<>();
        for (int worker = 1; worker <= workers; worker++) {
            Matcher line = FINISHED.matcher(stack.said("converter-worker-" + worker));
            while (line.find()) {
                finishes.merge(UUID.fromString(line.group(1)), 1, Integer::sum);
            }
        }
        return finishes;
    }

    /** The permanent processes of each container. */
    Map<String, List<Resources>> processes() {
        Map<String, List<Resources>> processes = new LinkedHashMap<>();
        processes.put("web-1", processes("web-1"));
        for (int worker = 1; worker <= workers; worker++) {
            processes.put("converter-worker-" + worker, processes("converter-worker-" + worker));
        }
        processes.put("redis-1", processes("redis-1"));
        if (broker == Broker.RABBITMQ) {
            processes.put("rabbitmq-1", processes("rabbitmq-1"));
        }
        return processes;
    }

    /** Takes the smallest of several samples, since health checks and keepers are temporary. */
    private List<Resources> processes(String container) {
        List<Resources> fewest = new ArrayList<>();
        for (int look = 0; look < 10; look++) {
            List<Resources> seen = stack.exec(container, "sh", PROCESSES)
                    .lines()
                    .map(line -> line.split(" "))
                    .map(part -> new Resources(
                            part[0], Integer.parseInt(part[1]), Integer.parseInt(part[2]), Integer.parseInt(part[3])))
                    .sorted(Comparator.comparing(Resources::name))
                    .toList();
            if (fewest.isEmpty() || seen.size() < fewest.size()) {
                fewest = seen;
            }
        }
        return fewest;
    }
}
