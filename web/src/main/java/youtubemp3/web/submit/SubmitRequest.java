package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.security.FormTokens;

/** Reads the link out of a request's body. Strict, since whatever is unclear would mean a video that nobody asked for. */
final class SubmitRequest {

    /** In bytes: room for the longest link, however it is escaped. */
    static final int LARGEST = 8 * 1024;

    /** For the whole body. Between two of its bytes, the connector's own limit holds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String NO_TEXT = "The link must be given as text.";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SubmitRequest() {}

    /**
     * The field {@code video_url} of a JSON object; other fields do not matter.
     *
     * @throws SubmissionRejectedException when the body is no such object
     */
    static String linkInJson(HttpServletRequest request) throws IOException {
        byte[] body = read(request);
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JacksonException e) {
            throw SubmissionRejectedException.of(MessageCode.INVALID_REQUEST);
        }
        if (!object.isObject()) {
            throw SubmissionRejectedException.of(MessageCode.INVALID_REQUEST);
        }
        JsonNode link = object.get(SubmissionRejectedException.FIELD);
        if (link == null || !link.isString()) {
            throw SubmissionRejectedException.ofField(MessageCode.INVALID_REQUEST, NO_TEXT);
        }
        return link.stringValue();
    }

    /**
     * A plain form.
     *
     * @param link its field {@code video_url}
     * @param token its field {@code form_token}; blank where there is none
     */
    record Form(String link, String token) {

        /** @throws SubmissionRejectedException when it has no link */
        static Form read(HttpServletRequest request) throws IOException {
            String form = new String(SubmitRequest.read(request), StandardCharsets.UTF_8);
            return new Form(
                    field(form, SubmissionRejectedException.FIELD)
                            .orElseThrow(
                                    () -> SubmissionRejectedException.ofField(MessageCode.INVALID_REQUEST, NO_TEXT)),
                    field(form, FormTokens.FIELD).orElse(""));
        }

        private static Optional<String> field(String form, String name) {
            try {
                return Arrays.stream(form.split("&"))
                        .filter(pair -> pair.startsWith(name + "="))
                        .findFirst()
                        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw SubmissionRejectedException.of(MessageCode.INVALID_REQUEST);
            }
        }
    }

    private static byte[] read(HttpServletRequest request) {
        if (request.getContentLengthLong() > LARGEST) {
            throw SubmissionRejectedException.of(MessageCode.TOO_LARGE);
        }
        long begin = System.nanoTime();
        // one without a length, in chunks, is as long as it turns out to be
        byte[] body = new byte[LARGEST + 1];
        int size = 0;
        try {
            InputStream input = request.getInputStream();
            int length;
            while (size < body.length && (length = input.read(body, size, body.length - size)) >= 0) {
                size += length;
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw SubmissionRejectedException.of(MessageCode.TOO_SLOW);
                }
            }
        } catch (IOException e) {
            // else the chunks are malformed, or the client is gone
            boolean slow = e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
            throw SubmissionRejectedException.of(slow ? MessageCode.TOO_SLOW : MessageCode.INVALID_REQUEST);
        }
        if (size > LARGEST) {
            throw SubmissionRejectedException.of(MessageCode.TOO_LARGE);
        }
        return Arrays.copyOf(body, size);
    }
}
