package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import tools.jackson.databind.json.JsonMapper;
import youtubemp3.jobs.ManyCases;
import youtubemp3.jobs.Track;

/** Parses arbitrary output of yt-dlp and writes the tag from it. */
@AddLifecycleHook(ManyCases.class)
class MetadataProperties {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Set<Integer> INVISIBLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.UNASSIGNED,
            (int) Character.PRIVATE_USE);

    @Property
    void anyLineIsParsedOrEmpty(@ForAll("lines") String line) {
        Metadata.parse(line).ifPresent(metadata -> {
            assertThat(metadata.track().title()).isNotBlank();
            assertThat(metadata.track().artist())
                    .isEqualTo(metadata.track().artist().strip());
            assertThat(metadata.liveStatus()).isNotNull();
            if (metadata.duration() != null) {
                assertThat(metadata.duration()).isBetween(Duration.ZERO, Duration.ofDays(366));
            }
        });
    }

    @Property(tries = 500)
    void titleAndArtistAreThoseOfTheVideo(@ForAll("words") String title, @ForAll("words") String channel) {
        String json = JSON.writeValueAsString(Map.of("title", title, "channel", channel, "duration", 12.5));

        assertThat(Metadata.parse(json)).hasValueSatisfying(metadata -> {
            Track track = metadata.track();
            assertThat(metadata.duration()).isEqualTo(Duration.ofMillis(12_500));
            assertThat(channel).startsWith(track.artist());
            assertThat(title).endsWith(track.title());
        });
    }

    @Property(tries = 500)
    void titleAndArtistAreOneVisibleLineEach(@ForAll String title, @ForAll String channel) {
        String json = JSON.writeValueAsString(Map.of("title", title, "channel", channel));

        Track track = Metadata.parse(json).orElseThrow().track();

        for (String text : List.of(track.title(), track.artist())) {
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(300);
            assertThat(text).isEqualTo(text.strip()).doesNotContain("  ");
            assertThat(text.codePoints())
                    .allMatch(c -> c == 0x200c || c == 0x200d || !INVISIBLE.contains(Character.getType(c)))
                    .allMatch(c -> c == ' ' || !Character.isWhitespace(c) && !Character.isSpaceChar(c));
        }
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('\u00a1', '\u00ac')
                .withCharRange('\u3041', '\u3090')
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(words -> String.join(" ", words));
    }

    @Property(tries = 300)
    void aTagCanBeReadBack(
            @ForAll("texts") String title,
            @ForAll("texts") String artistOrNone,
            @ForAll boolean hasArtist,
            @ForAll @Size(max = 300) byte[] cover,
            @ForAll boolean hasCover) {
        String artist = hasArtist ? artistOrNone : "";
        byte[] tag = Id3Tag.of(new Track(title, artist), hasCover ? Optional.of(cover) : Optional.empty());

        ByteBuffer read = ByteBuffer.wrap(tag);
        assertThat(take(read, 6)).containsExactly('I', 'D', '3', 3, 0, 0);
        int size = 0;
        for (byte seven : take(read, 4)) {
            assertThat(seven).isNotNegative();
            size = size << 7 | seven;
        }
        assertThat(size).isEqualTo(read.remaining());
        assertThat(frame(read, "TIT2")).isEqualTo(text(title));
        if (!artist.isEmpty()) {
            assertThat(frame(read, "TPE1")).isEqualTo(text(artist));
        }
        if (hasCover) {
            assertThat(frame(read, "APIC")).startsWith(0).endsWith(cover).hasSize(14 + cover.length);
        }
        assertThat(read.hasRemaining()).isFalse();
    }

    private static byte[] frame(ByteBuffer read, String id) {
        assertThat(new String(take(read, 4), StandardCharsets.US_ASCII)).isEqualTo(id);
        int size = read.getInt();
        assertThat(read.getShort()).isZero();
        return take(read, size);
    }

    private static byte[] text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate(3 + encoded.length)
                .put(new byte[] {1, (byte) 0xfe, (byte) 0xff})
                .put(encoded)
                .array();
    }

    private static byte[] take(ByteBuffer read, int count) {
        byte[] bytes = new byte[count];
        read.get(bytes);
        return bytes;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(60),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(60).map(text -> text.repeat(150)));
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "[]",
                        "{}",
                        "[[[",
                        "\"\"",
                        "\" \"",
                        "\"x\"",
                        "\"x - Topic\"",
                        "\" - Topic\"",
                        "\"x - \"",
                        "NaN",
                        "Infinity",
                        "1e400",
                        "-1e400",
                        "1e308",
                        "-1",
                        "-0.0",
                        "0",
                        "12.5",
                        "9223372036854775807",
                        "1e-400",
                        "99999999999999999999999",
                        "\"is_live\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\"\u202e\"",
                        "7".repeat(300)),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings().ofMaxLength(20).map(JSON::writeValueAsString));
        Arbitrary<String> objects = Arbitraries.maps(
                        Arbitraries.of("title", "channel", "artist", "track", "duration", "live_status", "other"),
                        values)
                .map(fields -> fields.entrySet().stream()
                        .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
        Arbitrary<String> cut = Combinators.combine(
                        objects, Arbitraries.integers().between(0, 100))
                .as((object, length) -> object.substring(0, Math.min(length, object.length())));
        return Arbitraries.oneOf(
                objects,
                objects,
                cut,
                values,
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of("[".repeat(2000), "{\"a\":".repeat(2000), "{\"title\":\"" + "x".repeat(4000)));
    }
}
