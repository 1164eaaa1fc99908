package youtubemp3.standin.pages;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a JPEG. */
public final class ThumbnailPicture {

    private ThumbnailPicture() {}

    /** A sky of the video's own colour over a darker ground, in the size that YouTube has under this name. */
    public static byte[] of(String videoId, String name) throws IOException {
        return switch (name) {
            case "maxresdefault", "hq720" -> landscape(videoId, 1280, 720);
            case "sddefault" -> landscape(videoId, 640, 480);
            case "mqdefault" -> landscape(videoId, 320, 180);
            case "default", "1", "2", "3" -> landscape(videoId, 120, 90);
            default -> landscape(videoId, 480, 360);
        };
    }

    /** What YouTube sends with a 404. */
    public static byte[] missing() throws IOException {
        BufferedImage picture = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 120; x++) {
                picture.setRGB(x, y, 0x808080);
            }
        }
        return jpeg(picture);
    }

    private static byte[] landscape(String videoId, int width, int height) throws IOException {
        float hue = (videoId.hashCode() & 0xff) / 256f;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            double hills = 0.68 + 0.08 * Math.sin(x * 7.0 / width) + 0.04 * Math.sin(1 + x * 17.0 / width);
            for (int y = 0; y < height; y++) {
                float down = (float) y / height;
                picture.setRGB(
                        x,
                        y,
                        down < hills
                                ? Color.HSBtoRGB(hue, 0.75f - 0.5f * down, 0.65f + 0.3f * down)
                                : Color.HSBtoRGB(hue + 0.1f, 0.6f, 0.55f - 0.4f * down));
            }
        }
        return jpeg(picture);
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // in memory: ImageIO's default is a temporary file, which a read-only container has no place for
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "jpg", out)) {
                throw new IOException("this Java cannot write JPEG");
            }
        }
        return bytes.toByteArray();
    }
}
