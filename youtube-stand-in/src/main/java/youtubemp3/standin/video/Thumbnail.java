package youtubemp3.standin.video;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Describes the response to a request for a video's thumbnail. Instances are immutable. */
public final class Thumbnail {

    private final ResponseDefinition response;
    private final String contentType;
    private final byte @Nullable [] body;
    private final @Nullable URI location;
    private final @Nullable Long endlessRate;

    private Thumbnail(
            ResponseDefinition response,
            String contentType,
            byte @Nullable [] body,
            @Nullable URI location,
            @Nullable Long endlessRate) {
        this.response = response;
        this.contentType = contentType;
        this.body = body;
        this.location = location;
        this.endlessRate = endlessRate;
    }

    /** Returns a JPEG in the size that the requested name stands for. */
    public static Thumbnail picture() {
        return new Thumbnail(ResponseDefinition.OK, "image/jpeg", null, null, null);
    }

    /** Returns an HTTP error. A 404 has YouTube's grey placeholder picture as its body, as for an id without a video. */
    public static Thumbnail status(int status) {
        return text(status, "status " + status, null);
    }

    /** Returns a redirect (302) to another address. */
    public static Thumbnail redirectTo(URI location) {
        return text(302, "", location);
    }

    /** Returns an HTML page in place of the picture, as captive portals and consent pages send it. */
    public static Thumbnail html() {
        return of("text/html; charset=utf-8", bytes("<!DOCTYPE html><title>Before you continue</title>"));
    }

    /** Returns any body with any Content-Type (200), such as a picture that is broken or too large. */
    public static Thumbnail of(String contentType, byte[] body) {
        return new Thumbnail(ResponseDefinition.OK, contentType, body.clone(), null, null);
    }

    /**
     * Returns a body without end, declared as a JPEG.
     *
     * @param bytesPerSecond the rate limit in bytes per second; 0 for none
     */
    public static Thumbnail endless(long bytesPerSecond) {
        return new Thumbnail(ResponseDefinition.OK, "image/jpeg", null, null, bytesPerSecond);
    }

    /** Returns the same response with a delay before its start. */
    public Thumbnail delayedBy(Duration time) {
        return new Thumbnail(response.withDelay(time), contentType, body, location, endlessRate);
    }

    /** Returns the rate of a body without end in bytes per second, 0 for no limit; null for a body that ends. */
    public @Nullable Long endlessRate() {
        return endlessRate;
    }

    /** Returns the HTTP status. */
    public int status() {
        return response.status();
    }

    /** Returns the time between the request and the start of the response. */
    public Duration delay() {
        return response.delay();
    }

    /** Returns the Content-Type header. */
    public String contentType() {
        return contentType;
    }

    /** Returns the body; null for {@link #picture()}, which depends on the requested name, and for a body without end. */
    public byte @Nullable [] body() {
        return body;
    }

    /** Returns the target of a redirect; null for other responses. */
    public @Nullable URI location() {
        return location;
    }

    private static Thumbnail text(int status, String body, @Nullable URI location) {
        return new Thumbnail(new ResponseDefinition(status, Duration.ZERO), "text/plain", bytes(body), location, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
