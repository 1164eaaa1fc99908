package youtubemp3.standin.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a JSON object (RFC 8259). {@link #toString()} writes it, in a form that is also safe inside an HTML script element.
 *
 * <p>The module has no JSON library, because the container image runs the module's jar alone, without dependencies.
 */
final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a member whose value is a string, number, boolean, list or object. A member with the value null is left out. */
    JsonObject put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** Returns nested objects with one member each: {@code nested(1, "a", "b")} is <code>{"a":{"b":1}}</code>. */
    static JsonObject nested(Object value, String... path) {
        Object inner = value;
        for (int i = path.length - 1; i > 0; i--) {
            inner = new JsonObject().put(path[i], inner);
        }
        return new JsonObject().put(path[0], inner);
    }

    @Override
    public String toString() {
        return members.entrySet().stream()
                .map(member -> quote(member.getKey()) + ":" + write(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String write(Object value) {
        if (value instanceof String text) {
            return quote(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonObject::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value.toString();
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '<') { // "</script>" in a string would end the script element
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
