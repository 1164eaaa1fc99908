package youtubemp3.web.playlist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.AlbumTrack;
import youtubemp3.jobs.OutputOptions;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.Listing.State;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.Playlist.Availability;
import youtubemp3.jobs.playlist.Playlist.Entry;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.status.QueueFullException;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;
import youtubemp3.web.limits.SubmissionLimits;
import youtubemp3.web.output.OutputChoice;
import youtubemp3.web.playlist.Batches.Batch;
import youtubemp3.web.submit.SubmissionService;
import youtubemp3.web.submit.SubmissionService.ListedVideo;

/** Lists playlists, and turns the ticked videos of one into a batch of jobs. */
@Component
class PlaylistService {

    /** Precedes the title of an album on YouTube. */
    private static final Pattern ALBUM = Pattern.compile("^Album - (?=.)");

    private final Playlists playlists;
    private final SubmissionLimits limits;
    private final OutputChoice output;
    private final SubmissionService submissions;
    private final Batches batches;

    PlaylistService(
            Playlists playlists,
            SubmissionLimits limits,
            OutputChoice output,
            SubmissionService submissions,
            Batches batches) {
        this.playlists = playlists;
        this.limits = limits;
        this.output = output;
        this.submissions = submissions;
        this.batches = batches;
    }

    /**
     * Requests a playlist, as each view of its page must while it waits. The first request counts as a submission.
     *
     * @param address the client's address, as the limits count it
     * @throws CodedException when too many wait
     * @throws DataAccessException when Redis cannot be reached
     */
    Listing list(PlaylistId id, String address) {
        if (playlists.find(id).isEmpty()) {
            limits.admit(address);
        }
        try {
            playlists.request(id);
        } catch (QueueFullException e) {
            throw new CodedException(MessageCode.QUEUE_FULL);
        }
        return find(id);
    }

    /** The playlist, without a request. One that is not known is as one that waits. */
    Listing find(PlaylistId id) {
        return playlists.find(id).orElseGet(() -> new Listing(State.WAITING, null, null));
    }

    /**
     * Submits the ticked videos: all, or none.
     *
     * @param address the client's address, as the limits count it
     * @return the id of the batch
     * @throws CodedException when they are rejected
     * @throws DataAccessException when Redis cannot be reached
     */
    UUID submit(PlaylistId id, PlaylistSubmission submission, String address) {
        OutputOptions options = output.ofList(submission.options());
        Playlist playlist = find(id).playlist();
        if (playlist == null) {
            throw new CodedException(MessageCode.NOT_LISTED);
        }
        List<ListedVideo> ticked = ticked(playlist, submission.videos(), options);
        return batches.add(new Batch(title(playlist), submissions.submit(ticked, address)));
    }

    private static List<ListedVideo> ticked(Playlist playlist, Set<String> videos, OutputOptions options) {
        if (videos.isEmpty()) {
            throw new TickException(MessageCode.INVALID_OPTION, "ticks.none");
        }
        String album = title(playlist);
        Set<String> missing = new HashSet<>(videos);
        List<ListedVideo> ticked = new ArrayList<>();
        for (int i = 0; i < playlist.entries().size(); i++) {
            Entry entry = playlist.entries().get(i);
            // a playlist may have a video twice
            if (entry.availability() == Availability.AVAILABLE
                    && missing.remove(entry.video().value())) {
                ticked.add(new ListedVideo(
                        entry.video(),
                        entry.title().isBlank() ? null : entry.title(),
                        album.isEmpty() ? options : options.in(new AlbumTrack(album, i + 1))));
            }
        }
        if (!missing.isEmpty()) {
            throw new TickException(MessageCode.INVALID_OPTION, "ticks.unknown");
        }
        return ticked;
    }

    private static String title(Playlist playlist) {
        return ALBUM.matcher(playlist.title()).replaceFirst("").strip();
    }
}
