package youtubemp3.worker.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import youtubemp3.jobs.VideoId;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.storage.LocalAudioStore;
import youtubemp3.jobs.storage.StorageSettings;
import youtubemp3.standin.Album;
import youtubemp3.standin.PlaylistScenario;
import youtubemp3.standin.Scenario;
import youtubemp3.standin.YouTubeStandInExtension;
import youtubemp3.worker.WorkerSettings;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.extract.RealTools;
import youtubemp3.worker.failure.FailureKind;

/** Old and new yt-dlp list the playlists of the stand-in. */
@Timeout(120)
class YtDlpPlaylistTest {

    @RegisterExtension
    static final YouTubeStandInExtension YOUTUBE = new YouTubeStandInExtension();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    static List<String> ytDlps() {
        return RealTools.ytDlps();
    }

    private Playlist list(String ytDlp, String id) throws Exception {
        return lister(ytDlp, LIMIT).list(PlaylistId.parse(id).orElseThrow(), LIMIT, () -> {});
    }

    private PlaylistLister lister(String ytDlp, Duration limit) throws IOException {
        WorkerSettings settings = RealTools.settings(ytDlp, YOUTUBE.standIn().proxy());
        return new PlaylistLister(
                RealTools.ytDlp(settings),
                RealTools.cookies(settings),
                new LocalAudioStore(new StorageSettings(folder)),
                settings,
                limit);
    }

    private void isClean() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("work"))) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void anAlbumIsWhole(String ytDlp) throws Exception {
        Playlist album = list(ytDlp, PlaylistScenario.ALBUM.id());

        assertThat(album.title()).isEqualTo("Album - " + Album.TITLE);
        assertThat(album.cut()).isFalse();
        assertThat(album.entries()).extracting(Entry::title).isEqualTo(Album.TRACKS);
        assertThat(album.entries()).allSatisfy(entry -> {
            assertThat(entry.duration()).isEqualTo(Duration.ofSeconds(30));
            assertThat(entry.availability()).isEqualTo(Availability.AVAILABLE);
        });
        assertThat(album.entries().get(11).video()).isEqualTo(new VideoId(Album.id(12)));
        isClean();
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void privateAndDeletedVideosAreNamed(String ytDlp) throws Exception {
        assertThat(list(ytDlp, PlaylistScenario.WITH_GAPS.id()).entries())
                .extracting(Entry::availability)
                .containsExactly(
                        Availability.REMOVED,
                        Availability.AVAILABLE,
                        Availability.PRIVATE,
                        Availability.AVAILABLE,
                        Availability.REMOVED);
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aLongPlaylistIsCutAndSaysSo(String ytDlp) throws Exception {
        Playlist whole = list(ytDlp, PlaylistScenario.TWO_HUNDRED.id());
        assertThat(whole.entries()).hasSize(200);
        assertThat(whole.cut()).isFalse();

        Playlist cut = list(ytDlp, PlaylistScenario.LONG.id());
        assertThat(cut.entries()).hasSize(200);
        assertThat(cut.entries().get(199).title()).isEqualTo("Number 200");
        assertThat(cut.cut()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ytDlps")
    void aMixIsCutAfterFifty(String ytDlp) throws Exception {
        Playlist mix = list(ytDlp, PlaylistScenario.MIX.id());
        assertThat(mix.title()).isEqualTo("Mix - Scenario");
        assertThat(mix.entries()).hasSize(50);
        assertThat(mix.entries().get(0).video()).isEqualTo(new VideoId(Scenario.ORDINARY.id()));
        assertThat(mix.entries().get(49).title()).isEqualTo("Number 49");
        assertThat(mix.cut()).isTrue();

        Playlist whole = list(ytDlp, PlaylistScenario.SHORT_MIX.id());
        assertThat(whole.entries()).hasSize(30).doesNotHaveDuplicates();
        assertThat(whole.cut()).isFalse();
    }

    static Stream<Arguments> failures() {
        return RealTools.ytDlps().stream()
                .flatMap(ytDlp -> Stream.of(
                        Arguments.of(ytDlp, PlaylistScenario.EMPTY.id(), FailureKind.PLAYLIST_EMPTY),
                        Arguments.of(ytDlp, PlaylistScenario.PRIVATE.id(), FailureKind.PLAYLIST_PRIVATE),
                        Arguments.of(ytDlp, PlaylistScenario.UNVIEWABLE.id(), FailureKind.PLAYLIST_UNVIEWABLE),
                        Arguments.of(ytDlp, PlaylistScenario.UNKNOWN_REASON.id(), FailureKind.YOUTUBE_MESSAGE),
                        Arguments.of(ytDlp, PlaylistScenario.BOT_CHECK.id(), FailureKind.BOT_CHECK),
                        Arguments.of(ytDlp, PlaylistScenario.UNKNOWN_ID, FailureKind.PLAYLIST_MISSING),
                        // a video that exists, but has no mix; and a mix of a video that does not exist
                        Arguments.of(ytDlp, "RD" + Scenario.FLAKY_503.id(), FailureKind.PLAYLIST_MISSING),
                        Arguments.of(ytDlp, "RD" + Scenario.UNKNOWN_ID, FailureKind.PLAYLIST_MISSING)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPlaylistThatCannotBeListedHasAReason(String ytDlp, String id, FailureKind kind) throws Exception {
        fails(lister(ytDlp, LIMIT), id, kind);
        isClean();
    }

    private static void fails(PlaylistLister lister, String id, FailureKind kind) {
        assertThatThrownBy(() -> lister.list(PlaylistId.parse(id).orElseThrow(), LIMIT, () -> {}))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        e -> assertThat(e.diagnosis().kind()).as(e.getMessage()).isEqualTo(kind));
    }

    @Test
    void noVideoIsAskedFor() throws Exception {
        list("yt-dlp", PlaylistScenario.ALBUM.id());

        assertThat(YOUTUBE.standIn().requests()).noneMatch(request -> request.contains("albumtrk"));
    }

    /** No yet known playlist does this; the real tool cannot be made to. */
    @Test
    void aToolThatGoesOnIsStopped() throws Exception {
        fails(lister(tool("yes '{\"entries\": ['"), LIMIT), PlaylistScenario.ALBUM.id(), FailureKind.PLAYLIST_FAILED);
        fails(lister(tool("sleep 1000"), Duration.ofSeconds(1)), PlaylistScenario.ALBUM.id(), FailureKind.TIME_LIMIT);
        fails(
                lister(tool("exec 1>&-; sleep 1000"), Duration.ofSeconds(1)),
                PlaylistScenario.ALBUM.id(),
                FailureKind.TIME_LIMIT);
        isClean();
    }

    @Test
    void aToolThatDoesNotWorkHasAReason() throws Exception {
        fails(lister(tool("exit 2"), LIMIT), PlaylistScenario.ALBUM.id(), FailureKind.MISCONFIGURED);
        fails(lister("no-such-tool", LIMIT), PlaylistScenario.ALBUM.id(), FailureKind.MISCONFIGURED);
        fails(lister(tool("echo null"), LIMIT), PlaylistScenario.ALBUM.id(), FailureKind.PLAYLIST_FAILED);
        fails(
                lister(tool("echo nothing known >&2; exit 1"), LIMIT),
                PlaylistScenario.ALBUM.id(),
                FailureKind.PLAYLIST_FAILED);
    }

    @Test
    void withoutAFolderForItNothingIsListed() throws Exception {
        Files.delete(folder);

        fails(lister("yt-dlp", LIMIT), PlaylistScenario.ALBUM.id(), FailureKind.STORAGE_FAILED);
        assertThat(folder).doesNotExist();
    }

    private String tool(String script) throws IOException {
        Path tool = Files.createTempFile(folder, "tool", ".sh");
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        return tool.toString();
    }
}
