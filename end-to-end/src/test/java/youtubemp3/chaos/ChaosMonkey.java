package youtubemp3.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import youtubemp3.compose.Stack;
import youtubemp3.jobs.JobSettings.Broker;

/**
 * Sends signals to random processes, from inside their containers: after {@code docker kill}, Docker
 * would not start the container again.
 */
final class ChaosMonkey {

    /** Sometimes longer than the lease in docker/compose.chaos.yaml. */
    private static final int LONGEST_FREEZE_SECONDS = 15;

    private static final Duration GONE_SOON = Duration.ofMinutes(2);

    /** The exit code of a command that was itself killed; other failures have a message. */
    private static final String WITHOUT_A_WORD = " failed:\n";

    /** Prints the pid of one of the processes of this name, chosen by a number, in POSIX sh. */
    private static final String FIND = """
            set --
            for p in /proc/[0-9]*; do
              { read -r name < $p/comm; } 2>/dev/null || continue
              if [ "$name" = %s ]; then set -- "$@" ${p#/proc/}; fi
            done
            [ $# -gt 0 ] || exit 0
            shift $((%d %% $#))
            echo $1""";

    /** A process, identified by its container and its name. */
    private record Victim(String kind, String container, String process) {}

    private final Stack stack;
    private final Random random;
    private final List<Victim> victims = new ArrayList<>();
    private final Map<String, Map<String, Integer>> blows = new TreeMap<>();
    private final ExecutorService thawing = Executors.newCachedThreadPool();

    ChaosMonkey(Stack stack, Plan plan) {
        this.stack = stack;
        this.random = new Random(plan.seed());
        victims.add(new Victim("web", "web-1", "java"));
        victims.add(new Victim("redis", "redis-1", "redis-server"));
        if (plan.broker() == Broker.RABBITMQ) {
            victims.add(new Victim("rabbitmq", "rabbitmq-1", "beam.smp"));
        }
        for (int worker = 1; worker <= plan.workers(); worker++) {
            victims.add(new Victim("converter-worker", "converter-worker-" + worker, "java"));
            victims.add(new Victim("yt-dlp", "converter-worker-" + worker, "yt-dlp"));
            victims.add(new Victim("ffmpeg", "converter-worker-" + worker, "ffmpeg"));
        }
    }

    /** Sends signals at this interval for the given time, then resumes all suspended processes. */
    void run(Duration interval, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        for (long due = interval.toNanos(); due <= time.toNanos(); due += interval.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(begin + due - System.nanoTime());
            strike();
        }
        thawing.shutdown();
        if (!thawing.awaitTermination(GONE_SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("a process is still suspended");
        }
    }

    /** The number of signals for each kind of process. */
    Map<String, Map<String, Integer>> blows() {
        return blows;
    }

    /** Always draws the same number of random values, so that a seed determines all further signals. */
    private void strike() {
        List<Victim> order = new ArrayList<>(victims);
        Collections.shuffle(order, random);
        int which = random.nextInt(20);
        String signal = which < 14 ? "KILL" : which < 17 ? "TERM" : "STOP";
        int number = random.nextInt(1000);
        int seconds = 1 + random.nextInt(LONGEST_FREEZE_SECONDS);
        for (Victim victim : order) {
            Optional<String> pid = find(victim, number);
            if (pid.isPresent() && hit(victim, signal, pid.get())) {
                blows.computeIfAbsent(victim.kind(), kind -> new TreeMap<>()).merge(signal, 1, Integer::sum);
                if (signal.equals("STOP")) {
                    thawing.execute(() -> thaw(victim, pid.get(), seconds));
                }
                return;
            }
        }
    }

    private Optional<String> find(Victim victim, int number) {
        try {
            String pid = stack.exec(victim.container(), "sh", FIND.formatted(victim.process(), number))
                    .strip();
            return pid.isEmpty() ? Optional.empty() : Optional.of(pid);
        } catch (AssertionError e) {
            return Optional.empty(); // it is starting
        }
    }

    /** The shell that sends the signal may be killed too, with its container. */
    private boolean hit(Victim victim, String signal, String pid) {
        try {
            stack.exec(victim.container(), "sh", "kill -" + signal + " " + pid);
            return true;
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage()).endsWith(WITHOUT_A_WORD);
        }
    }

    private void thaw(Victim victim, String pid, int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // repeated in case Docker is busy; a process that was killed meanwhile need not be resumed
        for (int round = 0; round < 3; round++) {
            if (hit(victim, "CONT", pid)) {
                return;
            }
        }
    }
}
