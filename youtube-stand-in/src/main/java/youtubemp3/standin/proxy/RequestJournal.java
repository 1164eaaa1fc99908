package youtubemp3.standin.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was asked for; bounded, since a demo runs for weeks. */
public final class RequestJournal {

    public static final int LIMIT = 10_000;

    private final Deque<String> requests = new ArrayDeque<>();
    private final Set<String> refusedHosts = new TreeSet<>();

    public synchronized void add(String request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    public synchronized void refused(String hostAndPort) {
        if (refusedHosts.size() < LIMIT) {
            refusedHosts.add(hostAndPort);
        }
        add("REFUSED " + hostAndPort);
    }

    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized Set<String> refusedHosts() {
        return Set.copyOf(refusedHosts);
    }

    public synchronized void forgetRefusedHosts() {
        refusedHosts.clear();
    }
}
