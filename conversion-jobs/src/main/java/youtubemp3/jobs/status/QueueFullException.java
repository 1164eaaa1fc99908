package youtubemp3.jobs.status;

/** Thrown when the maximum number of jobs is open. Nothing was written; the submission can succeed when a job has ended. */
public class QueueFullException extends RuntimeException {

    private final boolean clientsShare;

    QueueFullException(String message, boolean clientsShare) {
        super(message);
        this.clientsShare = clientsShare;
    }

    /** Whether the share of one client is full, rather than the whole queue. */
    public boolean isClientsShare() {
        return clientsShare;
    }
}
