package youtubemp3.web.download;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.Track;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.storage.SafeFileName;

/**
 * The name under which a browser stores a file, such as {@code Artist - Title.mp3}: valid on every file system.
 *
 * @param stem the name without its extension
 * @param extension the extension, without the dot
 * @param id of the video, or else of the job, or for several the product's name: the fallback where ASCII has too little of the name
 */
record FileName(String stem, String extension, String id) {

    /** The maximum length of a title or an artist. Workers store at most 300 characters; older versions stored any number. */
    private static final int MAX_TEXT_LENGTH = 1000;

    private static final String PRODUCT = "youtube-mp3";

    /** The name of a job's file, which is the job's id where the title is unknown. In an album, it begins with the number of the track. */
    static FileName of(UUID job, OutputOptions output, @Nullable VideoId video, @Nullable Track track) {
        String id = video == null ? job.toString() : video.value();
        String name = track == null ? "" : SafeFileName.of(number(output.albumTrack()) + joined(track));
        return new FileName(name.isEmpty() ? job.toString() : name, output.extension(), id);
    }

    /** The name of several files together, which is the product's where there is no title. */
    static FileName ofZip(String title) {
        String name = SafeFileName.of(beginning(title));
        return new FileName(name.isEmpty() ? PRODUCT : name, "zip", PRODUCT);
    }

    String value() {
        return stem + "." + extension;
    }

    /**
     * The value of the header {@code Content-Disposition} (RFC 6266), with an ASCII fallback for old clients. The fallback of
     * Spring's {@code ContentDisposition} has percent signs, and only underscores for a name in Arabic, Hebrew or Chinese.
     */
    String asAttachment() {
        return "attachment; filename=\"" + fallback() + "\"; filename*=UTF-8''"
                + UriUtils.encode(value(), StandardCharsets.UTF_8);
    }

    private static String number(@Nullable AlbumTrack place) {
        return place == null ? "" : "%02d ".formatted(place.number());
    }

    private static String joined(Track track) {
        String artist = beginning(track.artist());
        String title = beginning(track.title());
        return artist.isEmpty() ? title : artist + " - " + title;
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(MAX_TEXT_LENGTH, text.length())).strip();
    }

    private String fallback() {
        // compatible characters may become reserved ones
        String name = SafeFileName.of(AsciiName.of(stem));
        return (name.isEmpty() ? (id.startsWith("-") ? "_" : "") + id : name) + "." + extension;
    }
}
