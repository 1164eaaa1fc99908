package youtubemp3.standin.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    @Test
    void writesItsMembersInOrder() {
        JsonObject object = new JsonObject()
                .put("text", "a")
                .put("number", 1)
                .put("boolean", true)
                .put("list", List.of("b", 2))
                .put("object", new JsonObject());

        assertThat(object)
                .hasToString("{\"text\":\"a\",\"number\":1,\"boolean\":true,\"list\":[\"b\",2],\"object\":{}}");
    }

    @Test
    void leavesOutAMemberWithoutAValue() {
        assertThat(new JsonObject().put("absent", null)).hasToString("{}");
    }

    @Test
    void nestsOneMemberPerName() {
        assertThat(JsonObject.nested(1, "a", "b")).hasToString("{\"a\":{\"b\":1}}");
    }

    @Test
    void escapesWhatWouldEndTheStringOrTheScriptElement() {
        assertThat(new JsonObject().put("text", "\"\\\n</script>"))
                .hasToString("{\"text\":\"\\\"\\\\\\u000a\\u003c/script>\"}");
    }
}
