package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.web.http.MessageCode;

/** Reads the link from the body of a request. It is strict, since an ambiguous body could name a video the client did not mean. */
final class SubmitRequest {

    /** Enough for the longest link in any escaping. */
    static final int MAX_BYTES = 8 * 1024;

    /** The timeout of the whole body; the connector's timeout applies to each read. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String NOT_TEXT = "link.not-text";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SubmitRequest() {}

    /**
     * The field {@code video_url} of a JSON object; other fields are ignored.
     *
     * @throws SubmissionRejectedException when the body is not such an object
     */
    static String linkInJson(HttpServletRequest request) {
        byte[] body = read(request);
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
        if (!object.isObject()) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
        JsonNode link = object.get(SubmissionRejectedException.FIELD);
        if (link == null || !link.isString()) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST, NOT_TEXT);
        }
        return link.stringValue();
    }

    /**
     * The first field {@code video_url} of a URL-encoded form; other fields are ignored, even if they are malformed.
     *
     * @throws SubmissionRejectedException when the field is missing
     */
    static String linkInForm(HttpServletRequest request) {
        String form = new String(read(request), StandardCharsets.UTF_8);
        String start = SubmissionRejectedException.FIELD + "=";
        String field = Arrays.stream(form.split("&"))
                .filter(pair -> pair.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new SubmissionRejectedException(MessageCode.INVALID_REQUEST, NOT_TEXT));
        try {
            return URLDecoder.decode(field.substring(start.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
    }

    private static byte[] read(HttpServletRequest request) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw new SubmissionRejectedException(MessageCode.TOO_LARGE);
        }
        long begin = System.nanoTime();
        // a chunked body does not announce its length
        byte[] body = new byte[MAX_BYTES + 1];
        int size = 0;
        try {
            InputStream input = request.getInputStream();
            int length;
            while (size < body.length && (length = input.read(body, size, body.length - size)) >= 0) {
                size += length;
                if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                    throw new SubmissionRejectedException(MessageCode.TOO_SLOW);
                }
            }
        } catch (IOException e) {
            // the chunks are malformed, or the client has closed the connection
            boolean slow = e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
            throw new SubmissionRejectedException(slow ? MessageCode.TOO_SLOW : MessageCode.INVALID_REQUEST);
        }
        if (size > MAX_BYTES) {
            throw new SubmissionRejectedException(MessageCode.TOO_LARGE);
        }
        return Arrays.copyOf(body, size);
    }
}
