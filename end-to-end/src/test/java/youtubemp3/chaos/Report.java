package youtubemp3.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import youtubemp3.chaos.Evidence.Resources;

/**
 * The result of a run, as tables in Markdown.
 *
 * @param blows the number of signals for each kind of process
 * @param restarts how often Docker has restarted each container
 * @param refusals the responses to submissions other than 201
 * @param leftovers how many unfinished conversions were left by dead workers before cleanup
 */
record Report(
        Plan plan,
        Map<String, Map<String, Integer>> blows,
        Map<String, Integer> restarts,
        Map<String, AtomicInteger> refusals,
        int leftovers,
        Evidence evidence) {

    List<String> broken() {
        return Checks.broken(evidence);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "what", "figure");
        line(text, "---", "---");
        line(text, "seed", plan.seed());
        line(
                text,
                "asked for",
                plan.jobs() + " jobs in " + plan.time().toSeconds() + " s, a blow every "
                        + plan.killEvery().toMillis() / 1000.0 + " s, " + plan.workers() + " workers, "
                        + plan.broker().name().toLowerCase(Locale.ROOT) + ", appendfsync " + plan.appendfsync());
        line(
                text,
                "answered with 201, those before the first blow included",
                evidence.kept().size());
        line(text, "other answers, each tried again", refusals.isEmpty() ? "none" : refusals);
        line(text, "finished", ends(Promise.End::finished));
        line(text, "failed", ends(Promise.End::failed) + " " + failures());
        line(text, "of these, fine videos worn out by kills", Checks.wornOut(evidence));
        line(text, "**lost**", "**" + Checks.lost(evidence) + "**");
        line(text, "**doubled**", "**" + Checks.doubled(evidence) + "**");
        line(text, "jobs by their last attempt", attempts());
        line(text, "longest time from 201 to an end", longest().toSeconds() + " s");
        line(
                text,
                "files of jobs whose 201 was lost on its way",
                evidence.strangers().size());
        line(
                text,
                "unfinished conversions of dead workers, then after cleanup",
                leftovers + ", then " + evidence.leftovers().size());
        line(text, "jobs held, waiting for an attempt, open, given up", held());
        line(text, "keys without a time to live", evidence.queue().immortal());
        line(text, "started again by Docker", restarted());
        line(text, "not as promised", broken().size());
        blows(text);
        processes(text);
        if (!broken().isEmpty()) {
            text.append("\nNot as promised:\n\n");
            broken().forEach(sentence -> text.append("- ").append(sentence).append('\n'));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Object... cells) {
        for (Object cell : cells) {
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }

    private long ends(Predicate<Promise.End> which) {
        return evidence.kept().stream()
                .map(Evidence.Kept::end)
                .filter(Objects::nonNull)
                .filter(which)
                .count();
    }

    private Map<String, Integer> failures() {
        Map<String, Integer> failures = new TreeMap<>();
        for (Evidence.Kept kept : evidence.kept()) {
            if (kept.end() != null && kept.end().failed()) {
                failures.merge(String.valueOf(kept.end().failure()), 1, Integer::sum);
            }
        }
        return failures;
    }

    private Map<Integer, Integer> attempts() {
        Map<Integer, Integer> attempts = new TreeMap<>();
        for (Evidence.Kept kept : evidence.kept()) {
            if (kept.end() != null) {
                attempts.merge(kept.end().attempt(), 1, Integer::sum);
            }
        }
        return attempts;
    }

    private Duration longest() {
        return evidence.kept().stream()
                .map(Evidence.Kept::end)
                .filter(Objects::nonNull)
                .map(Promise.End::after)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private String held() {
        Evidence.Queue queue = evidence.queue();
        return queue.pending() + ", " + (queue.stream() - queue.pending() + queue.retry()) + ", "
                + queue.open().size() + ", " + queue.dead();
    }

    private Map<String, Integer> restarted() {
        Map<String, Integer> some = new TreeMap<>(restarts);
        some.values().removeIf(times -> times == 0);
        return some;
    }

    private void blows(StringBuilder text) {
        text.append('\n');
        line(text, "hit", "SIGKILL", "SIGTERM", "SIGSTOP, for 1 to 15 s");
        line(text, "---", "---", "---", "---");
        Map<String, Integer> sums = new TreeMap<>();
        blows.forEach((victim, signals) -> {
            line(text, victim, count(signals, "KILL"), count(signals, "TERM"), count(signals, "STOP"));
            signals.forEach((signal, times) -> sums.merge(signal, times, Integer::sum));
        });
        line(text, "together", count(sums, "KILL"), count(sums, "TERM"), count(sums, "STOP"));
    }

    private static int count(Map<String, Integer> signals, String signal) {
        return signals.getOrDefault(signal, 0);
    }

    private void processes(StringBuilder text) {
        text.append('\n');
        line(text, "process", "memory before, after (MiB)", "threads", "open files");
        line(text, "---", "---", "---", "---");
        evidence.before().forEach((container, before) -> {
            List<Resources> after = evidence.after().getOrDefault(container, List.of());
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                Resources one = before.get(i);
                Resources other = after.get(i);
                line(
                        text,
                        container + ": " + one.name(),
                        one.kib() / 1024 + ", " + other.kib() / 1024,
                        one.threads() + ", " + other.threads(),
                        one.files() + ", " + other.files());
            }
        });
    }
}
