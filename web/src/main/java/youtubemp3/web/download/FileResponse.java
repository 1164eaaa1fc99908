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
import youtubemp3.web.limits.RunningDownloads;

/**
 * Sends a file or the requested range of it. Spring's handling of resources ignores a stale If-Range, and so sends a range of
 * another file than the client has begun, and sends the whole file as the body of a 416.
 */
@Component
class FileResponse {

    /** The buffer of each write without sendfile; a failed write reveals that the client has closed the connection. */
    private static final long CHUNK_SIZE = 1024 * 1024;

    private final RunningDownloads downloads;
    private final Sendfile sendfile;

    FileResponse(RunningDownloads downloads, Sendfile sendfile) {
        this.downloads = downloads;
        this.sendfile = sendfile;
    }

    /**
     * Sends the file and returns the outcome, as a metric's tag.
     *
     * @throws youtubemp3.web.limits.TooManyRequestsException when the client has reached its limit of concurrent downloads
     */
    String send(AudioFile file, FileName name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpHeaders headers = headers(request);
        Preconditions conditions = new Preconditions(file.entityTag(), file.modified());
        Preconditions.Result result = conditions.of(headers);
        ByteRange range = range(file, conditions, headers, request);
        boolean body = result == Preconditions.Result.SEND
                && range.length() > 0
                && !request.getMethod().equals("HEAD");
        if (body) {
            // before the headers of the file are set, since the error response has others
            downloads.begin(request, file.content());
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.ETAG, file.entityTag());
        response.setDateHeader(HttpHeaders.LAST_MODIFIED, file.modified().toEpochMilli());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private");
        return switch (result) {
            case NOT_MODIFIED -> without(response, HttpStatus.NOT_MODIFIED, "not_modified");
            case FAILED -> without(response, HttpStatus.PRECONDITION_FAILED, "precondition_failed");
            case SEND -> {
                String outcome = describe(range, file, name, response);
                if (body) {
                    body(range, file, request, response);
                }
                yield outcome;
            }
        };
    }

    /** Reads the headers itself: Spring's adapter fails at a malformed content type. */
    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.addAll(name, Collections.list(request.getHeaders(name))));
        return headers;
    }

    private static ByteRange range(
            AudioFile file, Preconditions conditions, HttpHeaders headers, HttpServletRequest request) {
        // RFC 9110 defines ranges for GET only
        boolean isRequested = request.getMethod().equals("GET") && conditions.rangeHolds(headers);
        return RangeHeader.parse(isRequested ? headers.getFirst(HttpHeaders.RANGE) : null, file.size());
    }

    private static String describe(ByteRange range, AudioFile file, FileName name, HttpServletResponse response) {
        if (range.kind() == ByteRange.Kind.UNSATISFIABLE) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
            return without(response, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "unsatisfiable");
        }
        boolean whole = range.kind() == ByteRange.Kind.WHOLE;
        if (!whole) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE, "bytes " + range.start() + "-" + (range.end() - 1) + "/" + file.size());
        }
        response.setContentType(file.output().mediaType());
        response.setContentLengthLong(range.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, name.asAttachment());
        return whole ? "whole" : "part";
    }

    /** Sends the body, with sendfile if the connector supports it: it takes a quarter of the processor time. */
    private void body(ByteRange range, AudioFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (Sendfile.isSupported(request)) {
            if (sendfile.send(file.content(), range.start(), range.end(), request, response)) {
                file.handedOver();
            }
            return;
        }
        WritableByteChannel target = Channels.newChannel(response.getOutputStream());
        long position = range.start();
        while (position < range.end()) {
            long sent = file.content().transferTo(position, Math.min(CHUNK_SIZE, range.end() - position), target);
            if (sent <= 0) {
                throw new IOException("The file was truncated while it was sent");
            }
            position += sent;
        }
    }

    private static String without(HttpServletResponse response, HttpStatus status, String outcome) {
        response.setStatus(status.value());
        return outcome;
    }
}
