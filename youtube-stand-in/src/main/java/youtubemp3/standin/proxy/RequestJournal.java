package youtubemp3.standin.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records the requests that the stand-in receives. Its size is bounded, since a demo may run for weeks. The class is
 * thread-safe.
 */
public final class RequestJournal {

    /** The journal keeps at most this many requests, and as many refused hosts. */
    public static final int LIMIT = 10_000;

    private final Deque<String> requests = new ArrayDeque<>();
    private final Set<String> refusedHosts = new TreeSet<>();

    /** Records a request; the oldest one is dropped if there are too many. */
    public synchronized void add(String request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    /** Records a request to a host that is not one of YouTube's, as {@code host:port}. */
    synchronized void addRefused(String hostAndPort) {
        if (refusedHosts.size() < LIMIT) {
            refusedHosts.add(hostAndPort);
        }
        add("REFUSED " + hostAndPort);
    }

    /** Returns the requests, oldest first. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the refused hosts as {@code host:port}. */
    public synchronized Set<String> refusedHosts() {
        return Set.copyOf(refusedHosts);
    }

    /** Removes the refused hosts, but not the requests to them. */
    public synchronized void forgetRefusedHosts() {
        refusedHosts.clear();
    }
}
