package youtubemp3.web.system;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;

/**
 * What changes when too many come at once. When connections become scarce, nobody keeps one after the answer: those who wait for
 * one get theirs. And when too many requests wait for a thread, they are told to come later, which is quickly said.
 */
public class Crowd extends ValveBase {

    /** Twice the threads in web.yml: a wait of some milliseconds for each of them. */
    private static final int WAITING = 200;

    private final Connections connections;

    Crowd(Connections connections) {
        super(true);
        this.connections = connections;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (connections.areScarce()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        if (!request.isAsync() && connections.waitingRequests() > WAITING) {
            // whoever is next sees that it is answered
            response.sendError(MessageCode.UNAVAILABLE.status().value());
        }
        getNext().invoke(request, response);
    }
}
