package youtubemp3.jobs;

import java.util.Arrays;
import java.util.Optional;

/** The bit rate of an MP3: constant, or variable in the levels of LAME's {@code -V}. */
public enum Mp3Quality {
    CONSTANT_128("128", 128),
    CONSTANT_192("192", 192),
    CONSTANT_256("256", 256),
    CONSTANT_320("320", 320),
    /** Variable, about 245 kbit/s for music. */
    VARIABLE_0("v0", 320),
    /** Variable, about 190 kbit/s for music. */
    VARIABLE_2("v2", 320);

    private final String text;
    private final int maxBitrate;

    Mp3Quality(String text, int maxBitrate) {
        this.text = text;
        this.maxBitrate = maxBitrate;
    }

    /** The name in Redis, in messages and in the API, such as {@code 192} or {@code v0}. */
    public String text() {
        return text;
    }

    /** Whether the bit rate follows the sound. */
    public boolean isVariable() {
        return this == VARIABLE_0 || this == VARIABLE_2;
    }

    /** The highest bit rate in the file, in kbit/s. */
    public int maxBitrate() {
        return maxBitrate;
    }

    /** The quality of this name; empty for any other text. */
    public static Optional<Mp3Quality> parse(String text) {
        return Arrays.stream(values())
                .filter(quality -> quality.text.equals(text))
                .findFirst();
    }
}
