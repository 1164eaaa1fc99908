package youtubemp3.web.submit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.MessageCode;

/**
 * What the body of a request asks for. Reading it is strict, since an ambiguous body could name a video the client did not mean.
 *
 * @param link a text with a link to a video
 * @param options the fields of {@link OutputOptions} that are given, without blanks around their values
 */
record SubmitRequest(String link, Map<String, String> options) {

    /** Enough for the longest link in any escaping. */
    static final int MAX_BYTES = 8 * 1024;

    /** The timeout of the whole body; the connector's timeout applies to each read. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String NOT_TEXT = "link.not-text";
    private static final String UNREADABLE_OPTION = "option.unreadable";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    SubmitRequest {
        // people type and paste blanks
        options = options.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, option -> option.getValue().strip()));
    }

    /**
     * Reads a JSON object. Fields other than the link and the options are ignored.
     *
     * @throws SubmissionRejectedException when the body is no object, or one of its fields has no such value
     */
    static SubmitRequest ofJson(HttpServletRequest request) {
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
        Map<String, String> options = new HashMap<>();
        for (String name : OutputOptions.FIELDS) {
            JsonNode option = object.path(name);
            if (option.isContainer()) {
                throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST, UNREADABLE_OPTION, name);
            }
            // null is the same as none
            if (option.isValueNode() && !option.isNull()) {
                options.put(name, option.asString());
            }
        }
        return new SubmitRequest(link.stringValue(), options);
    }

    /**
     * Reads a URL-encoded form. The first field of each name counts; fields other than the link and the options are ignored, even if
     * they are malformed.
     *
     * @throws SubmissionRejectedException when the link is missing, or a field is malformed
     */
    static SubmitRequest ofForm(HttpServletRequest request) {
        List<String> pairs = List.of(new String(read(request), StandardCharsets.UTF_8).split("&"));
        String link = field(pairs, SubmissionRejectedException.FIELD)
                .orElseThrow(() -> new SubmissionRejectedException(MessageCode.INVALID_REQUEST, NOT_TEXT));
        Map<String, String> options = new HashMap<>();
        OutputOptions.FIELDS.forEach(name -> field(pairs, name).ifPresent(value -> options.put(name, value)));
        return new SubmitRequest(link, options);
    }

    private static Optional<String> field(List<String> pairs, String name) {
        String start = name + "=";
        try {
            return pairs.stream()
                    .filter(pair -> pair.startsWith(start))
                    .findFirst()
                    .map(pair -> URLDecoder.decode(pair.substring(start.length()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw name.equals(SubmissionRejectedException.FIELD)
                    ? new SubmissionRejectedException(MessageCode.INVALID_REQUEST)
                    : new SubmissionRejectedException(MessageCode.INVALID_REQUEST, UNREADABLE_OPTION, name);
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
