package youtubemp3.jobs.status;

/** Thrown when the maximum number of jobs is open, or of playlists. Nothing was written; it can succeed when one has ended. */
public class QueueFullException extends RuntimeException {

    private final boolean clientsShare;

    public QueueFullException(String message, boolean clientsShare) {
        super(message);
        this.clientsShare = clientsShare;
    }

    /** Whether the share of one client is full, rather than the whole queue. */
    public boolean isClientsShare() {
        return clientsShare;
    }
}
