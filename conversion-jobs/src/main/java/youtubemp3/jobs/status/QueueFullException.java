package youtubemp3.jobs.status;

/** Thrown when the maximum number of jobs is open, or of playlists. Nothing was written; it can succeed when one has ended. */
public class QueueFullException extends RuntimeException {

    private final boolean clientsShare;
    private final int room;

    public QueueFullException(String message, boolean clientsShare) {
        this(message, clientsShare, 0);
    }

    /** For several jobs at once, of which fewer could be opened. */
    QueueFullException(String message, boolean clientsShare, int room) {
        super(message);
        this.clientsShare = clientsShare;
        this.room = room;
    }

    /** How many jobs could be opened. */
    public int room() {
        return room;
    }

    /** Whether the share of one client is full, rather than the whole queue. */
    public boolean isClientsShare() {
        return clientsShare;
    }
}
