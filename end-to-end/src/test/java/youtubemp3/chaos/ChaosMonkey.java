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

/**
 * Signals to random processes. From inside of their containers: {@code docker kill} counts as the user's wish, and Docker
 * would not start the container again.
 */
final class ChaosMonkey {

    /** Past the lease of docker/compose.chaos.yaml, now and then. */
    private static final int LONGEST_FREEZE_SECONDS = 15;

    private static final Duration GONE_SOON = Duration.ofMinutes(2);

    /** How a command ends that was killed itself; if it could not do its work, it would say why. */
    private static final String WITHOUT_A_WORD = " failed:\n";

    /** The pid of one of the processes of this name, chosen by a number. Only what every sh can. */
    private static final String FIND = """
            set --
            for p in /proc/[0-9]*; do
              { read -r name < $p/comm; } 2>/dev/null || continue
              if [ "$name" = %s ]; then set -- "$@" ${p#/proc/}; fi
            done
            [ $# -gt 0 ] || exit 0
            shift $((%d %% $#))
            echo $1""";

    /** A process by its container and its name. */
    private record Victim(String kind, String container, String process) {}

    private final Stack stack;
    private final Random random;
    private final List<Victim> victims = new ArrayList<>();
    private final Map<String, Map<String, Integer>> blows = new TreeMap<>();
    private final ExecutorService thawing = Executors.newCachedThreadPool();

    ChaosMonkey(Stack stack, int workers, long seed) {
        this.stack = stack;
        this.random = new Random(seed);
        victims.add(new Victim("web", "web-1", "java"));
        victims.add(new Victim("redis", "redis-1", "redis-server"));
        for (int worker = 1; worker <= workers; worker++) {
            victims.add(new Victim("converter-worker", "converter-worker-" + worker, "java"));
            victims.add(new Victim("yt-dlp", "converter-worker-" + worker, "yt-dlp"));
            victims.add(new Victim("ffmpeg", "converter-worker-" + worker, "ffmpeg"));
        }
    }

    /** Strikes at this interval for so long, then lets go of what it froze. */
    void run(Duration interval, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        for (long due = interval.toNanos(); due <= time.toNanos(); due += interval.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(begin + due - System.nanoTime());
            strike();
        }
        thawing.shutdown();
        if (!thawing.awaitTermination(GONE_SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("something is frozen still");
        }
    }

    /** How often each kind of process got each signal. */
    Map<String, Map<String, Integer>> blows() {
        return blows;
    }

    /** A fixed number of draws a time, whatever is there to be hit: the next ones are to be the same with the same seed. */
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
            return Optional.empty(); // it is starting just now
        }
    }

    /** The shell that strikes may be struck too, with all of its container. */
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
        // again, in case Docker itself was too busy; one that was killed meanwhile needs it no more
        for (int round = 0; round < 3; round++) {
            if (hit(victim, "CONT", pid)) {
                return;
            }
        }
    }
}
