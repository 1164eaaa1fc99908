package youtubemp3.standin.video;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a video's thumbnail is answered; immutable. */
public final class Thumbnail {

    private final int status;
    private final String contentType;
    private final byte @Nullable [] body;
    private final @Nullable URI location;
    private final Duration delay;
    private final @Nullable Long endlessRate;

    private Thumbnail(int status, String contentType, byte @Nullable [] body, @Nullable URI location, Duration delay) {
        this(status, contentType, body, location, delay, null);
    }

    private Thumbnail(
            int status,
            String contentType,
            byte @Nullable [] body,
            @Nullable URI location,
            Duration delay,
            @Nullable Long endlessRate) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.location = location;
        this.delay = delay;
        this.endlessRate = endlessRate;
    }

    /** A real JPEG of the size that the name asks for. */
    public static Thumbnail picture() {
        return new Thumbnail(200, "image/jpeg", null, null, Duration.ZERO);
    }

    /** An error; 404 comes with YouTube's small grey picture, as it does for a video that does not exist. */
    public static Thumbnail status(int status) {
        return new Thumbnail(status, "text/plain", bytes("status " + status), null, Duration.ZERO);
    }

    /** Found elsewhere (302). */
    public static Thumbnail redirectTo(URI location) {
        return new Thumbnail(302, "text/plain", bytes(""), location, Duration.ZERO);
    }

    /** A page instead of a picture, as captive portals and consent screens answer. */
    public static Thumbnail html() {
        return of("text/html; charset=utf-8", bytes("<!DOCTYPE html><title>Before you continue</title>"));
    }

    /** Any body under any name (200), such as a picture that is none, or too large. */
    public static Thumbnail of(String contentType, byte[] body) {
        return new Thumbnail(200, contentType, body.clone(), null, Duration.ZERO);
    }

    /**
     * A JPEG by its name that never ends.
     *
     * @param bytesPerSecond 0 is as fast as it goes
     */
    public static Thumbnail endless(long bytesPerSecond) {
        return new Thumbnail(200, "image/jpeg", null, null, Duration.ZERO, bytesPerSecond);
    }

    /** The same, later. */
    public Thumbnail delayedBy(Duration time) {
        return new Thumbnail(status, contentType, body, location, time, endlessRate);
    }

    /** At how many bytes a second it never ends; null for one that ends. */
    @Nullable
    public Long endlessRate() {
        return endlessRate;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    /** Null for the picture, which depends on the name it is asked for. */
    public byte @Nullable [] body() {
        return body;
    }

    @Nullable
    public URI location() {
        return location;
    }

    public Duration delay() {
        return delay;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
