package youtubemp3.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import youtubemp3.chaos.Evidence.Kept;
import youtubemp3.chaos.Evidence.Resources;

/** Checks that all promises were kept. */
final class Checks {

    /** The keys without a time to live: the queue itself and the dead letters. */
    private static final Set<String> MAY_LIVE = Set.of(
            "{jobs}:stream",
            "{jobs}:retries",
            "{jobs}:dead",
            "{jobs}:open",
            "{jobs}:failures",
            "{jobs}:redeliveries",
            "{jobs}:secret");

    /** Failures that killed processes cause; a valid video may end with them after its last attempt. */
    private static final Set<String> WHEN_KILLED =
            Set.of("WORKER_LOST", "CONVERSION", "BROKEN_DOWNLOAD", "NETWORK", "TIME_LIMIT", "STORAGE_FAILED");

    private static final double SECONDS_OFF = 1;
    private static final double TIMES_THE_MEMORY = 1.5;
    private static final int MORE_THREADS = 16;
    private static final int MORE_FILES = 24;

    private final Evidence evidence;
    private final List<String> broken = new ArrayList<>();

    private Checks(Evidence evidence) {
        this.evidence = evidence;
    }

    /** The broken promises, a sentence each; empty if all were kept. */
    static List<String> broken(Evidence evidence) {
        Checks checks = new Checks(evidence);
        evidence.kept().forEach(checks::kept);
        checks.files();
        checks.queue();
        checks.processes();
        return checks.broken;
    }

    /** The accepted jobs whose end is unknown. */
    static long lost(Evidence evidence) {
        return evidence.kept().stream()
                .filter(kept -> kept.end() == null
                        || !(kept.end().finished() || kept.end().failed()))
                .count();
    }

    /** The jobs that finished more than once. */
    static long doubled(Evidence evidence) {
        return evidence.finishes().values().stream().filter(times -> times > 1).count();
    }

    /** The valid videos that failed because their workers were killed repeatedly. */
    static long wornOut(Evidence evidence) {
        return evidence.kept().stream()
                .filter(kept -> kept.end() != null && kept.end().failed())
                .filter(kept -> !String.valueOf(kept.end().failure())
                        .equals(kept.promise().video().failure()))
                .count();
    }

    private void kept(Kept kept) {
        String job =
                "job " + kept.promise().job() + " (" + kept.promise().video().id() + ")";
        Promise.End end = kept.end();
        if (end == null) {
            broken.add(job + " never ended");
            return;
        }
        Promise.End later = kept.later();
        if (later == null || !later.status().equals(end.status())) {
            broken.add(job + " was " + end.status() + ", and then " + (later == null ? "nothing" : later.status()));
        }
        if (end.finished()) {
            finished(job, kept);
        } else if (end.failed()) {
            failed(job, kept.promise().video(), end);
        } else {
            broken.add(job + " is lost: " + end.status());
        }
        int finishes = evidence.finishes().getOrDefault(kept.promise().job(), 0);
        if (finishes > 1) {
            broken.add(job + " finished " + finishes + " times");
        }
        boolean there = evidence.files().contains(kept.promise().job() + ".mp3");
        if (there != end.finished()) {
            broken.add(job + " is " + end.status() + ", and its file is " + (there ? "there" : "not there"));
        }
    }

    private void finished(String job, Kept kept) {
        AskedVideo video = kept.promise().video();
        Promise.Download download = kept.download();
        if (video.failure() != null) {
            broken.add(job + " has finished, but should have failed with " + video.failure());
        } else if (download == null || download.status() != 200) {
            broken.add(job + " cannot be downloaded: " + download);
        } else if (Math.abs(download.seconds() - video.length().toMillis() / 1000.0) > SECONDS_OFF) {
            broken.add(job + " has " + download.seconds() + " s instead of "
                    + video.length().toSeconds() + " s");
        } else if (!download.complaints().isEmpty()) {
            broken.add(job + " does not decode: " + download.complaints());
        }
    }

    private void failed(String job, AskedVideo video, Promise.End end) {
        String kind = String.valueOf(end.failure());
        if (end.reason() == null || end.reason().isBlank()) {
            broken.add(job + " failed without a reason");
        } else if (!kind.equals(video.failure()) && (!WHEN_KILLED.contains(kind) || end.attempt() < 2)) {
            broken.add(job + " failed with " + kind + " in attempt " + end.attempt());
        }
    }

    private void files() {
        Set<String> promised = new HashSet<>();
        evidence.kept().forEach(kept -> promised.add(kept.promise().job() + ".mp3"));
        Set<String> strangers = new TreeSet<>(evidence.files());
        strangers.removeAll(promised);
        for (String stranger : strangers) {
            if (!"FINISH".equals(evidence.strangers().get(stranger))) {
                broken.add("no submission belongs to the file " + stranger);
            }
        }
        if (strangers.size() > evidence.unpromised()) {
            broken.add(strangers.size() + " files are more than the " + evidence.unpromised()
                    + " submissions that got no good answer can have left");
        }
        evidence.leftovers().forEach(leftover -> broken.add("cleanup left work/" + leftover));
    }

    private void queue() {
        Evidence.Queue queue = evidence.queue();
        if (!queue.isEmpty()) {
            broken.add("jobs are held: " + queue);
        }
        Set<String> promised = new HashSet<>();
        evidence.kept().forEach(kept -> promised.add(kept.promise().job().toString()));
        for (String open : queue.open()) {
            if (promised.contains(open)) {
                broken.add("job " + open + " is still open");
            }
        }
        if (queue.open().size() > evidence.unpromised()) {
            broken.add(queue.open().size() + " jobs are open, more than the " + evidence.unpromised()
                    + " submissions that got no good answer can have left");
        }
        for (String key : queue.immortal()) {
            if (!MAY_LIVE.contains(key)) {
                broken.add("the key " + key + " has no time to live");
            }
        }
    }

    private void processes() {
        for (Map.Entry<String, List<Resources>> container : evidence.before().entrySet()) {
            String name = container.getKey();
            List<Resources> after = evidence.after().getOrDefault(name, List.of());
            if (!names(after).equals(names(container.getValue()))) {
                broken.add(name + " runs " + names(after) + " instead of " + names(container.getValue()));
                continue;
            }
            for (int i = 0; i < after.size(); i++) {
                compare(name, container.getValue().get(i), after.get(i));
            }
        }
    }

    private static List<String> names(List<Resources> processes) {
        return processes.stream().map(Resources::name).toList();
    }

    private void compare(String container, Resources before, Resources after) {
        boolean more = after.kib() > TIMES_THE_MEMORY * before.kib()
                || after.threads() > before.threads() + MORE_THREADS
                || after.files() > before.files() + MORE_FILES;
        if (more) {
            broken.add(container + " has grown from " + before + " to " + after);
        }
    }
}
