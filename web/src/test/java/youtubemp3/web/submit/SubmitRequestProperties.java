package youtubemp3.web.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.springframework.mock.web.MockHttpServletRequest;
import youtubemp3.jobs.ManyCases;
import youtubemp3.web.http.MessageCode;

@AddLifecycleHook(ManyCases.class)
class SubmitRequestProperties {

    @FunctionalInterface
    private interface Reader {
        SubmitRequest read(MockHttpServletRequest request);
    }

    @Property
    void theTextsAreReadHoweverItIsEscaped(
            @ForAll("texts") String link,
            @ForAll("texts") String option,
            @ForAll Random random,
            @ForAll("members") List<String> others) {
        StringBuilder json = new StringBuilder("{");
        others.forEach(other -> json.append(other).append(','));
        json.append("\"video_url\" : \"");
        link.chars().forEach(c -> json.append(escaped((char) c, random)));
        json.append("\", \"from\":\"");
        option.chars().forEach(c -> json.append(escaped((char) c, random)));
        byte[] body = json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);

        if (body.length > SubmitRequest.MAX_BYTES) {
            assertRefused(SubmitRequest::ofJson, body, MessageCode.TOO_LARGE);
        } else {
            assertThat(SubmitRequest.ofJson(request(body)))
                    .isEqualTo(new SubmitRequest(link, Map.of("from", option.strip())));
        }
    }

    @Property
    void aFormIsReadHoweverItIsEscaped(
            @ForAll("texts") String link, @ForAll("texts") String option, @ForAll Random random) {
        String form = "a=1&video_url=" + escaped(link, random) + "&from=" + escaped(option, random)
                + "&video_url=other&from=0&b=%zz";
        byte[] body = form.getBytes(StandardCharsets.UTF_8);

        if (body.length > SubmitRequest.MAX_BYTES) {
            assertRefused(SubmitRequest::ofForm, body, MessageCode.TOO_LARGE);
        } else {
            assertThat(SubmitRequest.ofForm(request(body)))
                    .isEqualTo(new SubmitRequest(link, Map.of("from", option.strip())));
        }
    }

    @Property
    void whateverComesIsReadOrRefused(@ForAll("bodies") byte[] body) {
        for (Reader reader : List.<Reader>of(SubmitRequest::ofJson, SubmitRequest::ofForm)) {
            try {
                assertThat(reader.read(request(body))).isNotNull();
                assertThat(body).hasSizeLessThanOrEqualTo(SubmitRequest.MAX_BYTES);
            } catch (SubmissionRejectedException rejection) {
                assertThat(rejection.code())
                        .isEqualTo(
                                body.length > SubmitRequest.MAX_BYTES
                                        ? MessageCode.TOO_LARGE
                                        : MessageCode.INVALID_REQUEST);
            }
        }
    }

    private static void assertRefused(Reader reader, byte[] body, MessageCode code) {
        assertThatExceptionOfType(SubmissionRejectedException.class)
                .isThrownBy(() -> reader.read(request(body)))
                .matches(rejection -> rejection.code() == code);
    }

    private static MockHttpServletRequest request(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/submit");
        request.setContent(body);
        return request;
    }

    private static String escaped(String text, Random random) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Character.isLetterOrDigit(octet) && octet > 0 && random.nextBoolean();
            escaped.append(plain ? String.valueOf((char) octet) : "%%%02x".formatted(octet & 0xff));
        }
        return escaped.toString();
    }

    private static String escaped(char c, Random random) {
        if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || random.nextInt(4) == 0) {
            return "\\u%04x".formatted((int) c);
        }
        return String.valueOf(c);
    }

    /** Without halves of characters, which UTF-8 does not have. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(100),
                        Arbitraries.strings().ascii().ofMaxLength(2500),
                        Arbitraries.strings()
                                .withChars("aZ09-_/:.?=&% \"\\\u0000\n\u00e9\u2028")
                                .ofMaxLength(200))
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<String>> members() {
        return Arbitraries.of("1", "null", "true", "\"x\"", "[]", "{}", "[1,{\"video_url\":\"y\"}]", "-1.5e3")
                .list()
                .ofMaxSize(5)
                .map(values -> java.util.stream.IntStream.range(0, values.size())
                        .mapToObj(i -> "\"field" + i + "\":" + values.get(i))
                        .toList());
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ":",
                        ",",
                        "\"video_url\"",
                        "video_url",
                        "=",
                        "&",
                        "%",
                        "%4",
                        "%zz",
                        "\\",
                        "\\u",
                        "\\ud800",
                        "null",
                        "true",
                        "1",
                        "-",
                        "1e999999999",
                        "0x1",
                        "NaN",
                        "'",
                        "//",
                        "/*",
                        "\ufeff",
                        "\u0000",
                        " ",
                        "\n",
                        "\"video_url\":\"dQw4w9WgXcQ\"",
                        "video_url=dQw4w9WgXcQ",
                        "\"from\":",
                        "from=",
                        "{\"video_url\":")
                .list()
                .ofMaxSize(14)
                .map(list -> String.join("", list));
        Arbitrary<byte[]> octets = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        Arbitrary<byte[]> texts = Combinators.combine(pieces, Arbitraries.of(1, 1, 1, 1, 400))
                .as((text, times) -> text.repeat(times).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> otherCharsets = Combinators.combine(
                        pieces,
                        Arbitraries.of(
                                StandardCharsets.UTF_16,
                                StandardCharsets.UTF_16BE,
                                StandardCharsets.UTF_16LE,
                                StandardCharsets.ISO_8859_1))
                .as(String::getBytes);
        Arbitrary<byte[]> broken = Combinators.combine(pieces, octets).as((text, behind) -> {
            byte[] before = ("{\"video_url\":\"" + text).getBytes(StandardCharsets.UTF_8);
            byte[] all = java.util.Arrays.copyOf(before, before.length + behind.length);
            System.arraycopy(behind, 0, all, before.length, behind.length);
            return all;
        });
        return Arbitraries.oneOf(texts, texts, octets, otherCharsets, broken);
    }
}
