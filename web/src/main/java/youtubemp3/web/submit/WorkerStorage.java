package youtubemp3.web.submit;

import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;

/** Reads from the heartbeats whether the workers have room for another file, on a schedule instead of for each submission. */
@Component
class WorkerStorage {

    private final WorkerHeartbeats heartbeats;
    private volatile boolean full;

    WorkerStorage(WorkerHeartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    /** Whether all running workers lack room. Without workers a job waits for one. */
    boolean isFull() {
        return full;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void read() {
        try {
            List<WorkerHeartbeat> running = heartbeats.running();
            full = !running.isEmpty() && running.stream().allMatch(worker -> worker.problem() != null);
        } catch (DataAccessException e) {
            // the submission itself reports that Redis is unreachable
            full = false;
        }
    }
}
