package youtubemp3.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was asked for; bounded, since a demo runs for weeks. */
final class RequestLog {

    static final int LIMIT = 10_000;

    private final Deque<String> requests = new ArrayDeque<>();
    private final Set<String> refusedHosts = new TreeSet<>();

    synchronized void add(String request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized void refused(String hostAndPort) {
        if (refusedHosts.size() < LIMIT) {
            refusedHosts.add(hostAndPort);
        }
        add("REFUSED " + hostAndPort);
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized Set<String> refusedHosts() {
        return Set.copyOf(refusedHosts);
    }

    synchronized void forgetRefusedHosts() {
        refusedHosts.clear();
    }
}
