package youtubemp3.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.storage.AudioFile;
import youtubemp3.web.download.RangeHeader.Part;
import youtubemp3.web.limits.RunningDownloads;
import youtubemp3.web.tomcat.Sendfile;

/**
 * Sends a file, or the part of it that was asked for. Spring's own handling of resources sends a part although it is not of
 * the file that the client began with (a stale If-Range), and the whole file as the body of a 416.
 */
@Component
class FileResponse {

    /** Small enough that a client that went away is noticed soon. */
    private static final long PIECE = 1024 * 1024;

    private final RunningDownloads downloads;
    private final Sendfile sendfile;

    FileResponse(RunningDownloads downloads, Sendfile sendfile) {
        this.downloads = downloads;
        this.sendfile = sendfile;
    }

    /**
     * Answers with the file and says how that went, as a metric's tag.
     *
     * @throws youtubemp3.web.limits.TooManyRequestsException when the client is being sent as many files as it may
     */
    String send(AudioFile file, FileName name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpHeaders headers = headers(request);
        Preconditions conditions = new Preconditions(file.entityTag(), file.modified());
        Preconditions.Verdict verdict = conditions.of(headers);
        Part part = part(file, conditions, headers, request);
        boolean body = verdict == Preconditions.Verdict.SEND
                && part.length() > 0
                && !request.getMethod().equals("HEAD");
        if (body) {
            // before any header of the file is set: a refusal has others
            downloads.begin(request);
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.ETAG, file.entityTag());
        response.setDateHeader(HttpHeaders.LAST_MODIFIED, file.modified().toEpochMilli());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private");
        return switch (verdict) {
            case NOT_MODIFIED -> without(response, HttpStatus.NOT_MODIFIED, "not_modified");
            case FAILED -> without(response, HttpStatus.PRECONDITION_FAILED, "precondition_failed");
            case SEND -> {
                String outcome = describe(part, file, name, response);
                if (body) {
                    body(part, file, request, response);
                }
                yield outcome;
            }
        };
    }

    /** As they are: Spring's own reader of them fails at a content type that is none. */
    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.addAll(name, Collections.list(request.getHeaders(name))));
        return headers;
    }

    private static Part part(
            AudioFile file, Preconditions conditions, HttpHeaders headers, HttpServletRequest request) {
        // ranges are defined for GET alone
        boolean asked = request.getMethod().equals("GET") && conditions.rangeHolds(headers);
        return RangeHeader.read(asked ? headers.getFirst(HttpHeaders.RANGE) : null, file.size());
    }

    private static String describe(Part part, AudioFile file, FileName name, HttpServletResponse response) {
        if (part.kind() == Part.Kind.NONE) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
            return without(response, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "unsatisfiable");
        }
        boolean whole = part.kind() == Part.Kind.WHOLE;
        if (!whole) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE, "bytes " + part.start() + "-" + (part.end() - 1) + "/" + file.size());
        }
        response.setContentType("audio/mpeg");
        response.setContentLengthLong(part.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, name.asAttachment());
        return whole ? "whole" : "part";
    }

    /** By the kernel alone where the connector can: a quarter of the work, and no buffers. */
    private void body(Part part, AudioFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (Sendfile.isSupported(request)) {
            if (sendfile.send(file.content(), part.start(), part.end(), request, response)) {
                file.handedOver();
            }
            return;
        }
        WritableByteChannel target = Channels.newChannel(response.getOutputStream());
        long position = part.start();
        while (position < part.end()) {
            long sent = file.content().transferTo(position, Math.min(PIECE, part.end() - position), target);
            if (sent <= 0) {
                throw new IOException("the file became shorter");
            }
            position += sent;
        }
    }

    private static String without(HttpServletResponse response, HttpStatus status, String outcome) {
        response.setStatus(status.value());
        return outcome;
    }
}
