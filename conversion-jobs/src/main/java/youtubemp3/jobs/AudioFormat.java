package youtubemp3.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format that the sound of a video is delivered in. */
public enum AudioFormat {
    /** MPEG-1 Audio Layer III, encoded from what YouTube sends. */
    MP3("mp3", "audio/mpeg"),
    /** AAC in MPEG-4, as YouTube has it, without encoding it again. */
    M4A("m4a", "audio/mp4"),
    /** Opus in Ogg (RFC 7845), as YouTube has it, without encoding it again. */
    OPUS("opus", "audio/ogg");

    private final String extension;
    private final String mediaType;

    AudioFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The format's name in Redis, in messages and in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The extension of its files, without the dot. */
    public String extension() {
        return extension;
    }

    /** The media type of its files (RFC 6838), such as {@code audio/mpeg}. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of this name; empty for any other text. */
    public static Optional<AudioFormat> parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(text))
                .findFirst();
    }
}
