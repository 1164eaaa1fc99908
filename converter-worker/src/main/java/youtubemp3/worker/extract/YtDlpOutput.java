package youtubemp3.worker.extract;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import youtubemp3.worker.process.OutputTail;

/** What the standard error of {@link YtDlp} says about a video and its download. Thread-safe: one thread adds lines, another reads. */
final class YtDlpOutput {

    /** How many bytes more than announced may be downloaded. */
    private static final long MAX_EXCESS = 1 << 20;

    /** The codecs in use at YouTube, in the list that yt-dlp prints; a format without sound has {@code 'none'}. */
    private static final Pattern SOUND_CODEC = Pattern.compile("'(opus|vorbis|mp4a|mp3|ac-3|ec-3|dtse)");

    private final OutputTail messages;
    private volatile @Nullable Metadata metadata;
    private volatile String codecs = "";
    private volatile boolean soundBegun;

    /** The size of the sound as YouTube announces it; 0 if unknown. */
    private volatile long announcedBytes;

    private volatile long downloadedBytes;

    /** @param messages receives the lines that are messages */
    YtDlpOutput(OutputTail messages) {
        this.messages = messages;
    }

    void add(String line) {
        if (line.startsWith(YtDlp.META)) {
            metadata = Metadata.parse(line.substring(YtDlp.META.length())).orElse(null);
        } else if (line.startsWith(YtDlp.CODECS)) {
            codecs = line.substring(YtDlp.CODECS.length());
        } else if (line.startsWith(YtDlp.SOUND)) {
            announcedBytes = number(line.substring(YtDlp.SOUND.length()));
            soundBegun = true;
        } else if (line.startsWith(YtDlp.PROGRESS)) {
            downloadedBytes = Math.max(downloadedBytes, number(line.substring(YtDlp.PROGRESS.length())));
        } else {
            messages.add(line);
        }
    }

    /** Null until yt-dlp has printed it. */
    @Nullable
    Metadata metadata() {
        return metadata;
    }

    /** Whether a format of the video has sound. */
    boolean hasSound() {
        return SOUND_CODEC.matcher(codecs).find();
    }

    /** The downloaded part of the sound, from 0 to 1; 0 if unknown. */
    double downloaded() {
        return announcedBytes == 0 ? 0 : Math.min(1, downloadedBytes / (double) announcedBytes);
    }

    /** Whether the picture is complete, or there is none. */
    boolean hasSoundBegun() {
        return soundBegun;
    }

    /** Whether fewer bytes were downloaded than announced. */
    boolean isIncomplete() {
        return downloadedBytes < announcedBytes;
    }

    /** Whether more bytes were downloaded than can belong to the sound. */
    boolean isExcessive() {
        return announcedBytes > 0 && downloadedBytes > announcedBytes + MAX_EXCESS;
    }

    /** The numbers of bytes, for the log. */
    String bytes() {
        return downloadedBytes + " of " + announcedBytes + " bytes downloaded";
    }

    /** 0 for what is no number: the placeholders of yt-dlp, {@code NA}, and of older versions of ffmpeg, {@code N/A}. */
    static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
