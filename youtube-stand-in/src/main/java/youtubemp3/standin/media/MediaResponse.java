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
import youtubemp3.standin.pages.PlayerResponse;
import youtubemp3.standin.video.Catalogue;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Video;

/** Sends a piece of a video's audio, at its speed and with its faults. */
public final class MediaResponse {

    private final long defaultBytesPerSecond;

    public MediaResponse(long defaultBytesPerSecond) {
        this.defaultBytesPerSecond = defaultBytesPerSecond;
    }

    public void send(HttpExchange exchange, Catalogue.Entry entry, Map<String, String> query) throws IOException {
        Video video = entry.video();
        Path file = file(video, query.getOrDefault("itag", ""));
        Responses.pause(video.mediaDelay());
        if (file == null) {
            Responses.text(exchange, 404, "text/plain", "");
        } else if (video.mediaStatus() != 200) {
            Responses.text(exchange, video.mediaStatus(), "text/plain", "");
        } else if (entry.failsNow()) {
            Responses.text(exchange, video.failureStatus(), "text/plain", "");
        } else if (video.endless()) {
            sendForEver(exchange, video, file);
        } else {
            send(exchange, video, file, query.get("range"));
        }
    }

    private void sendForEver(HttpExchange exchange, Video video, Path file) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        ByteRange whole = new ByteRange(0, Files.size(file));
        Throttle pace = new Throttle(rate(video));
        while (true) {
            // ends with the connection
            copy(file, whole, exchange.getResponseBody(), pace, Long.MAX_VALUE);
        }
    }

    private long rate(Video video) {
        return video.bytesPerSecond() > 0 ? video.bytesPerSecond() : defaultBytesPerSecond;
    }

    private void send(HttpExchange exchange, Video video, Path file, @Nullable String rangeInAddress)
            throws IOException {
        ByteRange whole = new ByteRange(0, Files.size(file));
        // yt-dlp of 2023 asks for &range=A-B pieces, each a resource of its own (200), the newer for Range: headers
        // (206);
        // a resumed piece has both, and then the header counts inside the piece
        ByteRange resource = whole.part(rangeInAddress);
        String header = exchange.getRequestHeaders().getFirst("Range");
        ByteRange wanted = resource.part(header);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Accept-Ranges", "bytes");
        headers.set("Content-Type", file.toString().endsWith(".webm") ? "audio/webm" : "audio/mp4");
        headers.set("Last-Modified", "Wed, 02 May 2007 10:26:10 GMT");
        if (wanted.length() <= 0) {
            headers.set("Content-Range", "bytes */" + resource.length());
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (wanted.start() >= video.truncatedAfter() && !video.cutForever()) {
            Responses.text(exchange, 503, "text/plain", "");
            return;
        }
        if (header != null) {
            long first = wanted.start() - resource.start();
            headers.set(
                    "Content-Range", "bytes " + first + "-" + (first + wanted.length() - 1) + "/" + resource.length());
        }
        int status = header == null ? 200 : 206;
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Long.toString(wanted.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, wanted.length());
        copy(file, wanted, exchange.getResponseBody(), new Throttle(rate(video)), video.truncatedAfter());
    }

    private static void copy(Path file, ByteRange wanted, OutputStream out, Throttle pace, long truncatedAfter)
            throws IOException {
        byte[] buffer = new byte[pace.pieceSize()];
        long left = Math.min(wanted.length(), Math.max(0, truncatedAfter - wanted.start()));
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(wanted.start());
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("became shorter while it was served: " + file);
                }
                pace.awaitTurn(read);
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        out.flush();
        if (truncatedAfter < wanted.start() + wanted.length()) {
            throw new IOException("cut on purpose"); // makes the server drop the connection
        }
    }

    private static @Nullable Path file(Video video, String itag) {
        MediaFiles media = video.media();
        if (media == null) {
            return null;
        }
        return switch (itag) {
            case PlayerResponse.OPUS -> media.webm();
            case PlayerResponse.AAC -> media.m4a();
            default -> null;
        };
    }
}
