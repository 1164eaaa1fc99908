package youtubemp3.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state after a run.
 *
 * @param kept the result of each promise
 * @param unpromised the number of submissions without a response or with a server error: each may have created a job
 * @param finishes how often the workers logged that a job has finished
 * @param files the files in the volume, except the folder {@code work}
 * @param strangers the status in Redis of each file's job that was not accepted with 201; empty without one
 * @param leftovers the content of {@code work} after cleanup
 * @param before the processes after a few jobs and before the first signal
 * @param after the processes at the end, with killed ones restarted
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
     * @param end the first final status; null without one
     * @param later the status at the end of the run
     * @param download the downloaded file; null if the job did not finish
     */
    record Kept(
            Promise promise,
            Promise.@Nullable End end,
            Promise.@Nullable End later,
            Promise.@Nullable Download download) {}

    /**
     * The state of Redis and of the queue.
     *
     * @param stream the jobs in the queue
     * @param pending the jobs of these that a worker holds
     * @param retry jobs that wait for another attempt
     * @param open jobs that have not ended, by their ids
     * @param dead the number of dead letters
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
     * @param name its name in the kernel
     * @param kib its resident memory
     */
    record Resources(String name, int kib, int threads, int files) {}
}
