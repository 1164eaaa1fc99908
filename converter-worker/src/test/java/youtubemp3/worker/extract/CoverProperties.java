package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.springframework.util.FileSystemUtils;
import youtubemp3.jobs.Cover;
import youtubemp3.jobs.ManyCases;

/** Converts arbitrary pictures with the real ffmpeg. */
@AddLifecycleHook(ManyCases.class)
class CoverProperties {

    @Property(tries = 5)
    void makesASmallJpegOrNoCover(@ForAll("pictures") byte[] picture, @ForAll("endings") String ending)
            throws IOException {
        Path folder = Files.createTempDirectory("cover");
        try {
            Files.write(folder.resolve("-." + ending), picture);
            Ffmpeg ffmpeg = new Ffmpeg(RealTools.settings("yt-dlp", URI.create("http://localhost:1")));

            Optional<byte[]> cover =
                    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> ffmpeg.cover(folder, Cover.ORIGINAL));

            if (cover.isPresent()) {
                assertThat(cover.get()).hasSizeLessThanOrEqualTo(2 << 20);
                BufferedImage made = ImageIO.read(new ByteArrayInputStream(cover.get()));
                assertThat(made).as("a JPEG that can be read").isNotNull();
                assertThat(made.getWidth()).isLessThanOrEqualTo(1280);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** A downloaded playlist must not copy other files of the server into the cover. */
    @Property(tries = 4, generation = GenerationMode.EXHAUSTIVE)
    void readsNoOtherFile(@ForAll("lists") String list) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cover");
        try {
            Files.write(folder.resolve("other.png"), picture("png", 64, 36));
            Files.writeString(folder.resolve("-.jpg"), list);
            Ffmpeg ffmpeg = new Ffmpeg(RealTools.settings("yt-dlp", URI.create("http://localhost:1")));

            assertThat(ffmpeg.cover(folder, Cover.ORIGINAL)).isEmpty();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Provide
    Arbitrary<String> lists() {
        return Arbitraries.of(
                "ffconcat version 1.0\nfile 'other.png'\n", "#EXTM3U\n#EXTINF:1,\nother.png\n#EXT-X-ENDLIST\n");
    }

    @Provide
    Arbitrary<String> endings() {
        return Arbitraries.of("jpg", "jpg", "webp", "png", "image", "gif", "svg", "m3u8", "concat", "txt", "mp4");
    }

    @Provide
    Arbitrary<byte[]> pictures() {
        Arbitrary<byte[]> whole = Combinators.combine(
                        Arbitraries.of("jpg", "png", "gif", "bmp"),
                        Arbitraries.integers().between(1, 1500),
                        Arbitraries.integers().between(1, 900))
                .as(CoverProperties::picture);
        Arbitrary<byte[]> cut = Combinators.combine(whole, Arbitraries.doubles().between(0, 1))
                .as((bytes, part) -> Arrays.copyOf(bytes, (int) (bytes.length * part)));
        Arbitrary<byte[]> damaged = Combinators.combine(
                        whole, Arbitraries.longs(), Arbitraries.integers().between(1, 40))
                .as((bytes, seed, times) -> {
                    byte[] changed = bytes.clone();
                    Random random = new Random(seed);
                    for (int i = 0; i < times; i++) {
                        // mostly in the header, which has sizes and tables
                        int end = random.nextBoolean() ? Math.min(200, changed.length) : changed.length;
                        changed[random.nextInt(end)] = (byte) random.nextInt();
                    }
                    return changed;
                });
        Arbitrary<byte[]> texts = Arbitraries.of(
                        "",
                        "<!DOCTYPE html><title>Before you continue</title>",
                        "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
                        "ffconcat version 1.0\nfile '/etc/passwd'\n",
                        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
                        "RIFF\u00ff\u00ff\u00ff\u007fWEBPVP8X",
                        "GIF89a\u00ff\u00ff\u00ff\u00ff")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        return Arbitraries.oneOf(
                whole,
                cut,
                damaged,
                damaged,
                texts,
                Arbitraries.bytes().array(byte[].class).ofMaxSize(2000));
    }

    private static byte[] picture(String format, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(width / 2, height / 2, 0xff8800);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
