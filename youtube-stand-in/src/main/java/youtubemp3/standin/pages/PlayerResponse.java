package youtubemp3.standin.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import youtubemp3.standin.video.LiveStatus;
import youtubemp3.standin.video.MediaFiles;
import youtubemp3.standin.video.Playability;
import youtubemp3.standin.video.Video;

/** Builds the response of {@code /youtubei/v1/player}, with the members that yt-dlp of 2023 and of 2026 read. */
final class PlayerResponse {

    static final String CHANNEL_ID = "UCstandin00000000000000_";

    /** YouTube's number of H.264 in MP4 with 720 lines and without sound. Its media cannot be requested here. */
    private static final String ITAG_PICTURE = "136";

    private PlayerResponse() {}

    /**
     * Returns the response for a video.
     *
     * @param client the InnerTube client that sends the request, such as WEB
     */
    static JsonObject of(Video video, String client) {
        JsonObject response = of(video.playability());
        if (video.playability().isOk()) {
            response.put("streamingData", streamingData(video));
        }
        response.put("videoDetails", details(video));
        if (client.equals("WEB")) {
            response.put("microformat", JsonObject.nested(microformat(video), "playerMicroformatRenderer"));
        }
        return response;
    }

    /** Returns the body of a response with an HTTP error status, as Google's APIs send it. */
    static JsonObject error(int status) {
        return JsonObject.nested(
                new JsonObject()
                        .put("code", status)
                        .put("message", "Resource has been exhausted (e.g. check quota).")
                        .put("status", "RESOURCE_EXHAUSTED"),
                "error");
    }

    /** Returns a response that only states whether the video plays. */
    static JsonObject of(Playability playability) {
        JsonObject status = new JsonObject()
                .put("status", playability.status())
                .put("playableInEmbed", true)
                .put("reason", playability.reason())
                .put("desktopLegacyAgeGateReason", playability.ageRestricted() ? 1 : null);
        if (playability.reason() != null && playability.subreason() != null) {
            JsonObject message = new JsonObject()
                    .put("reason", new JsonObject().put("simpleText", playability.reason()))
                    .put("subreason", new JsonObject().put("simpleText", playability.subreason()));
            status.put("errorScreen", JsonObject.nested(message, "playerErrorMessageRenderer"));
        }
        return new JsonObject()
                .put("responseContext", new JsonObject().put("visitorData", WatchPage.VISITOR))
                .put("playabilityStatus", status);
    }

    private static JsonObject streamingData(Video video) {
        JsonObject data = new JsonObject().put("expiresInSeconds", "21540");
        if (video.formats().drm()) {
            data.put("licenseInfos", List.of(new JsonObject().put("drmFamily", "WIDEVINE")));
        }
        if (video.liveStatus() == LiveStatus.IS_LIVE) {
            data.put(
                    "hlsManifestUrl",
                    "https://manifest.googlevideo.com/api/manifest/hls_variant/id/" + video.id() + "/file/index.m3u8");
        }
        return data.put("adaptiveFormats", formats(video));
    }

    private static List<JsonObject> formats(Video video) {
        MediaFiles media = video.media();
        List<JsonObject> formats = new ArrayList<>();
        if (media != null && video.formats().silent()) {
            addFormat(formats, video, media.m4a(), ITAG_PICTURE, "video/mp4; codecs=\"avc1.4d401f\"");
        } else if (media != null && video.liveStatus() == LiveStatus.NOT_LIVE) {
            addFormat(formats, video, media.m4a(), MediaFiles.ITAG_M4A, "audio/mp4; codecs=\"mp4a.40.2\"");
            addFormat(formats, video, media.webm(), MediaFiles.ITAG_WEBM, "audio/webm; codecs=\"opus\"");
        }
        return formats;
    }

    private static void addFormat(
            List<JsonObject> formats, Video video, @Nullable Path file, String itag, String mimeType) {
        if (file == null) {
            return;
        }
        long bytes = size(file) + video.formats().missingBytes();
        long millis = video.duration().toMillis();
        long bitrate = millis == 0 ? 128_000 : bytes * 8_000 / millis;
        JsonObject format = new JsonObject()
                .put("itag", Integer.valueOf(itag))
                .put("mimeType", mimeType)
                .put("bitrate", bitrate)
                .put("averageBitrate", bitrate)
                .put("quality", "tiny")
                .put("audioQuality", "AUDIO_QUALITY_MEDIUM")
                .put("audioSampleRate", "48000")
                .put("audioChannels", 2)
                .put("approxDurationMs", Long.toString(millis))
                .put("contentLength", Long.toString(bytes))
                .put("projectionType", "RECTANGULAR");
        if (video.formats().drm()) {
            format.put("drmFamilies", List.of("WIDEVINE"));
        }
        if (!video.formats().withoutUrls()) {
            format.put(
                    "url",
                    "https://rr1---sn-standin.googlevideo.com/videoplayback?expire=4102444800&id=" + video.id()
                            + "&itag=" + itag + "&source=youtube&mime=audio&clen=" + bytes + "&ratebypass=yes");
        }
        formats.add(format);
    }

    private static JsonObject details(Video video) {
        JsonObject thumbnail = new JsonObject()
                .put("url", "https://i.ytimg.com/vi/" + video.id() + "/hqdefault.jpg")
                .put("width", 480)
                .put("height", 360);
        return new JsonObject()
                .put("videoId", video.id())
                .put("title", video.title())
                .put("lengthSeconds", seconds(video))
                .put("channelId", CHANNEL_ID)
                .put("author", video.channel())
                .put("shortDescription", video.description())
                .put("viewCount", "42")
                .put("isPrivate", false)
                .put("isLiveContent", video.liveStatus() != LiveStatus.NOT_LIVE)
                .put("isLive", video.liveStatus() == LiveStatus.IS_LIVE ? true : null)
                .put("isUpcoming", video.liveStatus() == LiveStatus.IS_UPCOMING ? true : null)
                .put("thumbnail", JsonObject.nested(List.of(thumbnail), "thumbnails"));
    }

    private static JsonObject microformat(Video video) {
        return new JsonObject()
                .put("title", new JsonObject().put("simpleText", video.title()))
                .put("lengthSeconds", seconds(video))
                .put("isFamilySafe", !video.playability().ageRestricted())
                .put("category", "Music")
                .put("publishDate", "2024-01-02")
                .put("uploadDate", "2024-01-02")
                .put("ownerChannelName", video.channel())
                .put("availableCountries", List.of("DE", "FR"));
    }

    /** Returns the duration in whole seconds, and 0 for a live stream, as YouTube does. */
    private static String seconds(Video video) {
        long seconds = video.liveStatus() == LiveStatus.IS_LIVE
                ? 0
                : Math.round(video.duration().toMillis() / 1_000.0);
        return Long.toString(seconds);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
