package youtubemp3.standin.video;

/**
 * Describes how the media files of a video are sent, and with which faults.
 *
 * @param response the HTTP status and delay of each media response
 * @param temporaryFailure the failure of the first requests
 * @param truncation the point at which the connection is closed
 * @param endless whether the file is repeated without end
 * @param bytesPerSecond the rate limit of a connection, in bytes per second; 0 stands for the server's own limit
 */
public record MediaDelivery(
        ResponseDefinition response,
        TemporaryFailure temporaryFailure,
        Truncation truncation,
        boolean endless,
        long bytesPerSecond) {

    static final MediaDelivery WITHOUT_FAULTS =
            new MediaDelivery(ResponseDefinition.OK, TemporaryFailure.NONE, Truncation.NONE, false, 0);

    MediaDelivery with(ResponseDefinition other) {
        return new MediaDelivery(other, temporaryFailure, truncation, endless, bytesPerSecond);
    }

    MediaDelivery with(TemporaryFailure other) {
        return new MediaDelivery(response, other, truncation, endless, bytesPerSecond);
    }

    MediaDelivery with(Truncation other) {
        return new MediaDelivery(response, temporaryFailure, other, endless, bytesPerSecond);
    }

    MediaDelivery withoutEnd() {
        return new MediaDelivery(response, temporaryFailure, truncation, true, bytesPerSecond);
    }

    MediaDelivery withRate(long other) {
        return new MediaDelivery(response, temporaryFailure, truncation, endless, other);
    }
}
