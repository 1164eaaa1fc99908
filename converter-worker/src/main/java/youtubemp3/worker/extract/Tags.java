package youtubemp3.worker.extract;

import java.util.List;
import java.util.Optional;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.Metadata.Release;

/**
 * What a file says about its sound. Texts are empty if unknown.
 *
 * @param title the title
 * @param artist the artist
 * @param release album, year, and the number of the track in it
 * @param trackCount how many tracks the album has, or empty
 * @param video the video that the sound is from
 * @param cover a JPEG
 * @param chapters the chapters of the sound; none to mark none
 */
record Tags(
        String title,
        String artist,
        Release release,
        String trackCount,
        VideoId video,
        Optional<byte[]> cover,
        List<Chapter> chapters) {

    static Tags of(Metadata metadata, VideoId video, Optional<byte[]> cover, List<Chapter> chapters) {
        return new Tags(
                metadata.track().title(), metadata.track().artist(), metadata.release(), "", video, cover, chapters);
    }

    /**
     * The tags of a file that has one chapter only. Its album is that of the video, or else the video itself.
     *
     * @param number the number of the chapter, from 1
     */
    Tags ofChapter(Chapter chapter, int number, int count) {
        String album = release.album().isEmpty() ? title : release.album();
        return new Tags(
                chapter.title().isEmpty() ? title : chapter.title(),
                artist,
                new Release(album, String.valueOf(number), release.year()),
                String.valueOf(count),
                video,
                cover,
                List.of());
    }

    /** Such as {@code 3} or {@code 3/12}. */
    String track() {
        return trackCount.isEmpty() ? release.trackNumber() : release.trackNumber() + "/" + trackCount;
    }
}
