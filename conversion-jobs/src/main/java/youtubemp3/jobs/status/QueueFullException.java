package youtubemp3.jobs.status;

/** As many jobs are open as may be. Nothing was written; there is room again when one has ended. */
public class QueueFullException extends RuntimeException {

    private final boolean clientsShare;

    QueueFullException(String message, boolean clientsShare) {
        super(message);
        this.clientsShare = clientsShare;
    }

    /** Whether it is the share of one client that is full, and not the whole queue. */
    public boolean isClientsShare() {
        return clientsShare;
    }
}
