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
public record Formats(
        @Nullable MediaFiles media, boolean withoutUrls, boolean silent, long missingBytes, boolean drm) {}
