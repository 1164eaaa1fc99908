package youtubemp3.worker.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.mpatric.mp3agic.AbstractID3v2Tag;
import com.mpatric.mp3agic.ID3v2ChapterTOCFrameData;
import com.mpatric.mp3agic.ID3v2TagFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import youtubemp3.jobs.VideoId;
import youtubemp3.worker.extract.Metadata.Release;

/** mp3agic reads the tags. */
class Id3TagTest {

    @Test
    void theTableListsNoMoreThan127ChaptersButEachIsMarked() throws Exception {
        List<Chapter> chapters = IntStream.range(0, 300)
                .mapToObj(i -> new Chapter("Chapter " + i, Duration.ofSeconds(i), Duration.ofSeconds(i + 1)))
                .toList();

        AbstractID3v2Tag tag = read(chapters);

        assertThat(tag.getChapters()).hasSize(300);
        assertThat(tag.getChapters().get(299).getStartTime()).isEqualTo(299_000);
        assertThat(tag.getChapters().get(299).getEndTime()).isEqualTo(300_000);
        ID3v2ChapterTOCFrameData table = tag.getChapterTOC().get(0);
        assertThat(table.isRoot()).isTrue();
        assertThat(table.isOrdered()).isTrue();
        assertThat(table.getChildren()).hasSize(127).contains("chp0", "chp126");
    }

    @Test
    void withoutChaptersThereIsNoTable() throws Exception {
        assertThat(read(List.of()).getChapterTOC()).isNull();
    }

    private static AbstractID3v2Tag read(List<Chapter> chapters) throws Exception {
        byte[] tag = Id3Tag.of(new Tags(
                "Title",
                "Artist",
                new Release("", "", ""),
                "",
                new VideoId("dQw4w9WgXcQ"),
                Optional.empty(),
                chapters));
        return ID3v2TagFactory.createTag(tag);
    }
}
