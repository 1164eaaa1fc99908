package youtubemp3.standin.pages;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws the JPEGs of thumbnails. */
final class ThumbnailPicture {

    private ThumbnailPicture() {}

    /**
     * Draws hills below a sky, in a colour that depends on the video, and in the size that the name stands for on YouTube.
     */
    static byte[] of(String videoId, String name) throws IOException {
        return switch (name) {
            case "maxresdefault", "hq720" -> landscape(videoId, 1280, 720);
            case "sddefault" -> landscape(videoId, 640, 480);
            case "mqdefault" -> landscape(videoId, 320, 180);
            case "default", "1", "2", "3" -> landscape(videoId, 120, 90);
            default -> landscape(videoId, 480, 360);
        };
    }

    /** Draws the grey picture that YouTube sends with a 404. */
    static byte[] placeholder() throws IOException {
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
        // ImageIO would use a temporary file by default, which fails in a container with a read-only file system
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "jpg", out)) {
                throw new IOException("this Java cannot write JPEG");
            }
        }
        return bytes.toByteArray();
    }
}
