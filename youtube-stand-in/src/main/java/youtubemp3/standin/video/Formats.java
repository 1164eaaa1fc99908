package youtubemp3.standin.video;

import org.jspecify.annotations.Nullable;

/**
 * Describes the formats that a player response lists.
 *
 * @param media the files behind the formats; null for a video without formats
 * @param withoutUrls whether the formats lack a URL, as they do where YouTube requires its own protocol, SABR
 * @param silent whether the only format is a picture track
 * @param missingBytes how many bytes fewer the files have than the player response announces
 * @param drm whether the formats are marked as protected by DRM
 */
public record Formats(@Nullable MediaFiles media, boolean withoutUrls, boolean silent, long missingBytes, boolean drm) {

    static final Formats NONE = new Formats(null, false, false, 0, false);

    Formats with(MediaFiles other) {
        return new Formats(other, withoutUrls, silent, missingBytes, drm);
    }

    Formats withoutUrl() {
        return new Formats(media, true, silent, missingBytes, drm);
    }

    Formats withoutSound() {
        return new Formats(media, withoutUrls, true, missingBytes, drm);
    }

    Formats withMissingBytes(long other) {
        return new Formats(media, withoutUrls, silent, other, drm);
    }

    Formats withDrm() {
        return new Formats(media, withoutUrls, silent, missingBytes, true);
    }
}
