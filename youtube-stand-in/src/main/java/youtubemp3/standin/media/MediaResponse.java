package youtubemp3.standin.media;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.http.ByteRange;
import youtubemp3.standin.http.Responses;
import youtubemp3.standin.http.Throttle;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.MediaDelivery;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Truncation;
import youtubemp3.standin.video.Video;

/** Responds to {@code /videoplayback}: sends a range of a media file at the rate and with the faults of its video. */
public final class MediaResponse {

    private final long defaultBytesPerSecond;

    /** @param defaultBytesPerSecond the rate limit, in bytes per second, for videos without their own; 0 for none */
    public MediaResponse(long defaultBytesPerSecond) {
        this.defaultBytesPerSecond = defaultBytesPerSecond;
    }

    /**
     * Sends the response.
     *
     * @param query the query of the request: {@code itag} is the format, {@code range} an optional range of bytes
     * @throws IOException if the client closes the connection, or if the response is cut off on purpose
     */
    public void send(HttpExchange exchange, Catalogue.Entry entry, Map<String, String> query) throws IOException {
        Video video = entry.video();
        MediaDelivery delivery = video.delivery();
        Path file = file(video, query.getOrDefault("itag", ""));
        Responses.pause(delivery.response().delay());
        if (file == null) {
            Responses.empty(exchange, 404);
        } else if (!delivery.response().isOk()) {
            Responses.empty(exchange, delivery.response().status());
        } else if (entry.countFailure()) {
            Responses.empty(exchange, delivery.temporaryFailure().status());
        } else if (delivery.endless()) {
            sendRepeatedly(exchange, file, throttle(delivery));
        } else {
            sendRange(exchange, file, query.get("range"), delivery);
        }
    }

    private static void sendRepeatedly(HttpExchange exchange, Path file, Throttle throttle) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        ByteRange whole = new ByteRange(0, Files.size(file));
        while (true) { // a write fails when the client closes the connection
            copy(file, whole, exchange.getResponseBody(), throttle, Long.MAX_VALUE);
        }
    }

    private void sendRange(HttpExchange exchange, Path file, @Nullable String rangeInQuery, MediaDelivery delivery)
            throws IOException {
        ByteRange whole = new ByteRange(0, Files.size(file));
        // yt-dlp of 2023 adds &range=A-B to the URL, which then stands for a separate resource (status 200). Newer
        // versions send a Range header (206). If the old version resumes a download, its request has both, and the
        // header is relative to the range in the URL.
        ByteRange resource = whole.part(rangeInQuery);
        String header = exchange.getRequestHeaders().getFirst("Range");
        ByteRange requested = resource.part(header);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Accept-Ranges", "bytes");
        headers.set("Content-Type", file.toString().endsWith(".webm") ? "audio/webm" : "audio/mp4");
        headers.set("Last-Modified", "Wed, 02 May 2007 10:26:10 GMT");
        Truncation truncation = delivery.truncation();
        if (requested.length() <= 0) {
            headers.set("Content-Range", requested.contentRange(resource));
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (truncation.refuses(requested.start())) {
            Responses.empty(exchange, 503);
            return;
        }
        if (header != null) {
            headers.set("Content-Range", requested.contentRange(resource));
        }
        int status = header == null ? 200 : 206;
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Long.toString(requested.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, requested.length());
        copy(file, requested, exchange.getResponseBody(), throttle(delivery), truncation.afterBytes());
    }

    private static void copy(Path file, ByteRange range, OutputStream out, Throttle throttle, long truncatedAfter)
            throws IOException {
        byte[] buffer = new byte[throttle.chunkSize()];
        long left = Math.min(range.length(), Math.max(0, truncatedAfter - range.start()));
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(range.start());
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("file became shorter while it was sent: " + file);
                }
                throttle.acquire(read);
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        out.flush();
        if (truncatedAfter < range.start() + range.length()) {
            throw new IOException("cut off on purpose"); // makes the JDK's server close the connection
        }
    }

    private Throttle throttle(MediaDelivery delivery) {
        return new Throttle(delivery.bytesPerSecond() > 0 ? delivery.bytesPerSecond() : defaultBytesPerSecond);
    }

    private static @Nullable Path file(Video video, String itag) {
        MediaFiles media = video.media();
        return media == null ? null : media.file(itag);
    }
}
