package youtubemp3.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is found when all is over.
 *
 * @param kept what became of each promise
 * @param unpromised how many submissions ended without an answer, or with a fault of the server: each may have left a job
 * @param finishes how often the workers said of a job that it has finished
 * @param files what is in the volume, but for the folder {@code work}
 * @param strangers the status in Redis of each file's job to which nobody was given a 201; empty where there is none
 * @param leftovers what is in {@code work} after cleanup
 * @param before the processes after a few jobs and before the first blow
 * @param after the processes at the end, those that were killed started anew
 */
record Evidence(
        List<Kept> kept,
        int unpromised,
        Map<UUID, Integer> finishes,
        Set<String> files,
        Map<String, String> strangers,
        List<String> leftovers,
        Queue queue,
        Map<String, List<Resources>> before,
        Map<String, List<Resources>> after) {

    /**
     * @param end the first that was seen; null when none came
     * @param later what web said at the very end
     * @param download null when it did not finish
     */
    record Kept(
            Promise promise,
            Promise.@Nullable End end,
            Promise.@Nullable End later,
            Promise.@Nullable Download download) {}

    /**
     * What Redis holds.
     *
     * @param stream the entries of the queue
     * @param pending those of them that a worker holds
     * @param retry jobs that wait for another attempt
     * @param open jobs that have not ended, by their ids
     * @param dead jobs that were given up
     * @param immortal keys without a time to live
     */
    record Queue(int stream, int pending, int retry, Set<String> open, int dead, Set<String> immortal) {

        boolean isEmpty() {
            return stream == 0 && pending == 0 && retry == 0;
        }
    }

    /**
     * One process of a container.
     *
     * @param name as the kernel knows it
     * @param kib its resident memory
     */
    record Resources(String name, int kib, int threads, int files) {}
}
