package youtubemp3.web.playlist;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.submit.RequestBody;

/**
 * What the body of a request asks for.
 *
 * @param videos the ids of the ticked videos, as they were sent
 * @param options the fields of {@link youtubemp3.jobs.OutputOptions} that are given
 */
record PlaylistSubmission(Set<String> videos, Map<String, String> options) {

    /** Enough for the 1000 videos that a worker may be set to list. */
    private static final int MAX_BYTES = 32 * 1024;

    /** @throws CodedException when the body is no object with an array {@code videos} of texts, or an option cannot be read */
    static PlaylistSubmission ofJson(HttpServletRequest request) {
        JsonNode object = RequestBody.json(request, MAX_BYTES);
        JsonNode videos = object.path("videos");
        if (!videos.isArray() || !videos.valueStream().allMatch(JsonNode::isString)) {
            throw new TickException(MessageCode.INVALID_REQUEST, "ticks.not-texts");
        }
        return new PlaylistSubmission(
                videos.valueStream().map(JsonNode::stringValue).collect(Collectors.toCollection(LinkedHashSet::new)),
                RequestBody.options(object));
    }

    /** @throws CodedException when a field is malformed */
    static PlaylistSubmission ofForm(HttpServletRequest request) {
        List<String> form = RequestBody.form(request, MAX_BYTES);
        try {
            Set<String> videos = RequestBody.values(form, "video").collect(Collectors.toCollection(LinkedHashSet::new));
            return new PlaylistSubmission(videos, RequestBody.options(form));
        } catch (IllegalArgumentException e) {
            throw new CodedException(MessageCode.INVALID_REQUEST);
        }
    }
}
