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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Reads the body of a request. It is strict, since an ambiguous body could name a video that the client did not mean. */
public final class RequestBody {

    /** The timeout of the whole body; the connector's timeout applies to each read. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String UNREADABLE_OPTION = "option.unreadable";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBody() {}

    /**
     * Reads a JSON object.
     *
     * @throws CodedException when the body is none, is longer than this, or does not arrive in time
     */
    public static JsonNode json(HttpServletRequest request, int maxBytes) {
        byte[] body = read(request, maxBytes);
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
        if (!object.isObject()) {
            throw new SubmissionRejectedException(MessageCode.INVALID_REQUEST);
        }
        return object;
    }

    /**
     * Reads the fields of a URL-encoded form, each still encoded.
     *
     * @throws CodedException when the body is longer than this, or does not arrive in time
     */
    public static List<String> form(HttpServletRequest request, int maxBytes) {
        return List.of(new String(read(request, maxBytes), StandardCharsets.UTF_8).split("&"));
    }

    /**
     * The values of the form's fields of this name. Other fields are ignored, even if they are malformed.
     *
     * @throws IllegalArgumentException when one is malformed
     */
    public static Stream<String> values(List<String> form, String name) {
        String start = name + "=";
        return form.stream()
                .filter(pair -> pair.startsWith(start))
                .map(pair -> URLDecoder.decode(pair.substring(start.length()), StandardCharsets.UTF_8));
    }

    /**
     * The fields of {@link OutputOptions} that a JSON object has, without blanks around their values.
     *
     * @throws CodedException when one is an object or an array
     */
    public static Map<String, String> options(JsonNode object) {
        Map<String, String> options = new HashMap<>();
        for (String name : OutputOptions.FIELDS) {
            JsonNode option = object.path(name);
            if (option.isContainer()) {
                throw unreadable(name);
            }
            // null is the same as none
            if (option.isValueNode() && !option.isNull()) {
                options.put(name, option.asString());
            }
        }
        return stripped(options);
    }

    /**
     * The fields of {@link OutputOptions} that a form has, without blanks around their values. The first of each name counts.
     *
     * @throws CodedException when one is malformed
     */
    public static Map<String, String> options(List<String> form) {
        Map<String, String> options = new HashMap<>();
        for (String name : OutputOptions.FIELDS) {
            try {
                values(form, name).findFirst().ifPresent(value -> options.put(name, value));
            } catch (IllegalArgumentException e) {
                throw unreadable(name);
            }
        }
        return stripped(options);
    }

    private static SubmissionRejectedException unreadable(String option) {
        return new SubmissionRejectedException(MessageCode.INVALID_REQUEST, UNREADABLE_OPTION, option);
    }

    /** People type and paste blanks. */
    private static Map<String, String> stripped(Map<String, String> options) {
        return options.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, option -> option.getValue().strip()));
    }

    private static byte[] read(HttpServletRequest request, int maxBytes) {
        if (request.getContentLengthLong() > maxBytes) {
            throw new SubmissionRejectedException(MessageCode.TOO_LARGE);
        }
        long begin = System.nanoTime();
        // a chunked body does not announce its length
        byte[] body = new byte[maxBytes + 1];
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
        if (size > maxBytes) {
            throw new SubmissionRejectedException(MessageCode.TOO_LARGE);
        }
        return Arrays.copyOf(body, size);
    }
}
