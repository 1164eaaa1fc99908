package youtubemp3.jobs.status;

/** The queue holds as many jobs as it may. Later there will be room again. */
public class QueueFullException extends RuntimeException {

    public QueueFullException(int limit) {
        super("the queue holds its limit of " + limit + " jobs");
    }
}
