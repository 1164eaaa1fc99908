package youtubemp3.standin.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Just enough JSON to write YouTube's answers without a library; safe inside a script element, too. */
public final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Puts a string, number, boolean, list or object; null leaves the member out. */
    public JsonObject put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** One member inside another: {@code nested(1, "a", "b")} is <code>{"a":{"b":1}}</code>. */
    public static JsonObject nested(Object value, String... path) {
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
            } else if (c < ' ' || c == '<') { // "</script>" would end the page's script
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
