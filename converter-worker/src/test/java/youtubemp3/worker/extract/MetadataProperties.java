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
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.Metadata.Release;

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

    /** Words may go, but none is added, and nothing takes another place. */
    @Property(tries = 500)
    void titleAndArtistAreThoseOfTheVideo(
            @ForAll("words") String title, @ForAll("words") String channel, @ForAll boolean music) {
        String json = JSON.writeValueAsString(Map.of(
                "title",
                title,
                "channel",
                channel,
                "categories",
                List.of(music ? "Music" : "Education"),
                "duration",
                12.5));

        assertThat(Metadata.parse(json)).hasValueSatisfying(metadata -> {
            Track track = metadata.track();
            assertThat(metadata.duration()).isEqualTo(Duration.ofMillis(12_500));
            assertThat(track.title()).isNotBlank();
            assertThat(title).containsSubsequence(characters(track.title()));
            assertThat(List.of(title, channel))
                    .anySatisfy(text -> assertThat(text).containsSubsequence(characters(track.artist())));
        });
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
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
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('\u00a1', '\u00ac')
                .withCharRange('\u3041', '\u3090')
                .ofMinLength(1)
                .ofMaxLength(20);
        return Arbitraries.oneOf(
                        any, Arbitraries.of("-", "|", "(HD)", "(Official", "Video)", "Nina", "\"Blue\"", "VEVO"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(words -> String.join(" ", words));
    }

    @Property(tries = 300)
    void aTagCanBeReadBack(
            @ForAll("texts") String title,
            @ForAll("texts") String artistOrNone,
            @ForAll("texts") String albumOrNone,
            @ForAll boolean isSong,
            @ForAll @Size(max = 300) byte[] cover,
            @ForAll boolean hasCover) {
        String artist = isSong ? artistOrNone : "";
        String album = isSong ? albumOrNone : "";
        byte[] tag = Id3Tag.of(new Tags(
                title,
                artist,
                new Release(album, isSong ? "3" : "", isSong ? "2002" : ""),
                "",
                new VideoId("dQw4w9WgXcQ"),
                hasCover ? Optional.of(cover) : Optional.empty(),
                List.of()));

        ByteBuffer read = ByteBuffer.wrap(tag);
        assertThat(take(read, 6)).containsExactly('I', 'D', '3', 3, 0, 0);
        int size = 0;
        for (byte seven : take(read, 4)) {
            assertThat(seven).isNotNegative();
            size = size << 7 | seven;
        }
        assertThat(size).isEqualTo(read.remaining());
        assertThat(text(frame(read, "TIT2"))).isEqualTo(title);
        if (isSong) {
            assertThat(text(frame(read, "TPE1"))).isEqualTo(artist);
            assertThat(text(frame(read, "TALB"))).isEqualTo(album);
            assertThat(text(frame(read, "TRCK"))).isEqualTo("3");
            assertThat(text(frame(read, "TYER"))).isEqualTo("2002");
        }
        assertThat(frame(read, "WOAS")).asString().isEqualTo("https://www.youtube.com/watch?v=dQw4w9WgXcQ");
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

    /** ISO-8859-1 wherever it has all characters, or else little-endian UTF-16 after its byte order mark. */
    private static String text(byte[] content) {
        ByteBuffer read = ByteBuffer.wrap(content);
        if (read.get() == 0) {
            return StandardCharsets.ISO_8859_1.decode(read).toString();
        }
        assertThat(content).startsWith(1, 0xff, 0xfe);
        read.position(3);
        String text = StandardCharsets.UTF_16LE.decode(read).toString();
        assertThat(text.chars()).anyMatch(c -> c > 0xff);
        return text;
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
                        Arbitraries.of(
                                "title",
                                "channel",
                                "categories",
                                "artist",
                                "artists",
                                "track",
                                "album",
                                "track_number",
                                "release_date",
                                "release_year",
                                "duration",
                                "live_status",
                                "other"),
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
