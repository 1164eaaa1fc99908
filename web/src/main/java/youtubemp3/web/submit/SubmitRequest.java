package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.MessageCode;

/**
 * What the body of a request asks for.
 *
 * @param link a text with a link to a video
 * @param options the fields of {@link OutputOptions} that are given, without blanks around their values
 */
record SubmitRequest(String link, Map<String, String> options) {

    /** Enough for the longest link in any escaping. */
    static final int MAX_BYTES = 8 * 1024;

    private static final String NOT_TEXT = "link.not-text";

    /**
     * Reads a JSON object. Fields other than the link and the options are ignored.
     *
     * @throws SubmissionRejectedException when the body is no object, or one of its fields has no such value
     */
    static SubmitRequest ofJson(HttpServletRequest request) {
        JsonNode object = RequestBody.json(request, MAX_BYTES);
        JsonNode link = object.get(SubmissionRejectedException.FIELD);
        if (link == null || !link.isString()) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST, NOT_TEXT);
        }
        return new SubmitRequest(link.stringValue(), RequestBody.options(object));
    }

    /**
     * Reads a URL-encoded form. The first field of each name counts; fields other than the link and the options are ignored, even if
     * they are malformed.
     *
     * @throws SubmissionRejectedException when the link is missing, or a field is malformed
     */
    static SubmitRequest ofForm(HttpServletRequest request) {
        List<String> form = RequestBody.form(request, MAX_BYTES);
        return new SubmitRequest(link(form), RequestBody.options(form));
    }

    private static String link(List<String> form) {
        try {
            return RequestBody.values(form, SubmissionRejectedException.FIELD)
                    .findFirst()
                    .orElseThrow(() -> new SubmissionRejectedException(MessageCode.INVALID_REQUEST, NOT_TEXT));
        } catch (IllegalArgumentException e) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
    }
}
