package youtubemp3.web.submit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.storage.StorageProblem.Reason;
import youtubemp3.jobs.workers.WorkerHeartbeat;
import youtubemp3.jobs.workers.WorkerHeartbeats;
import youtubemp3.web.http.MessageCode;

/** Reads from the heartbeats whether the workers can store another file, on a schedule instead of for each submission. */
@Component
class WorkerStorage {

    private final WorkerHeartbeats heartbeats;
    private volatile @Nullable MessageCode problem;

    WorkerStorage(WorkerHeartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    /** Why no running worker can store another file; null when one can. Without workers a job waits for one. */
    @Nullable
    MessageCode problem() {
        return problem;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void read() {
        try {
            problem = problem(heartbeats.running());
        } catch (DataAccessException e) {
            // the submission itself reports that Redis is unreachable
            problem = null;
        }
    }

    private static @Nullable MessageCode problem(List<WorkerHeartbeat> running) {
        if (running.isEmpty() || running.stream().anyMatch(worker -> worker.problem() == null)) {
            return null;
        }
        return running.stream().allMatch(worker -> worker.problemReason() == Reason.NOT_WRITABLE)
                ? MessageCode.STORAGE_NOT_WRITABLE
                : MessageCode.STORAGE_FULL;
    }
}
