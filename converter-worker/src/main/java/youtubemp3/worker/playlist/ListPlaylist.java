package youtubemp3.worker.playlist;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.jobs.playlist.Playlists;
import youtubemp3.jobs.youtube.CircuitBreaker.Decision;
import youtubemp3.worker.extract.ExtractionException;
import youtubemp3.worker.failure.FailureKind;
import youtubemp3.worker.youtube.YouTubeGate;
import youtubemp3.worker.youtube.YouTubeGate.Permit;

/**
 * Takes one playlist from the queue, lists it and stores the result. A failure is not tried again, unless YouTube refuses this server: the
 * person who waits can do that.
 */
@Component
class ListPlaylist {

    private static final Logger log = LoggerFactory.getLogger(ListPlaylist.class);

    private final Playlists playlists;
    private final YouTubeGate gate;
    private final PlaylistLister lister;
    private final Duration lease;

    ListPlaylist(Playlists playlists, YouTubeGate gate, PlaylistLister lister, JobSettings jobs) {
        this.playlists = playlists;
        this.gate = gate;
        this.lister = lister;
        this.lease = jobs.lease();
    }

    /**
     * Lists the next playlist.
     *
     * @return false if none waits, or YouTube refuses this server
     * @throws DataAccessException when Redis cannot be reached
     * @throws InterruptedException when the thread is interrupted; the playlist is in the queue again
     */
    boolean listNext() throws InterruptedException {
        if (!playlists.isDue() || !gate.isOpen()) {
            return false;
        }
        // before a playlist is taken, since the wait may be longer than a lease
        gate.awaitTurn();
        Optional<PlaylistId> taken = playlists.take(lease);
        if (taken.isEmpty()) {
            return false;
        }
        PlaylistId id = taken.get();
        try (Permit permit =
                gate.permit(PlaylistLister.listingId(id), id.value()).orElse(null)) {
            if (permit == null) {
                playlists.putBack(id);
                return false;
            }
            list(id, permit);
            return true;
        }
    }

    private void list(PlaylistId id, Permit permit) throws InterruptedException {
        long started = System.nanoTime();
        try {
            Playlist playlist = lister.list(id, lease.dividedBy(3), () -> renew(id));
            permit.succeeded();
            playlists.complete(playlist);
            log.info(
                    "Playlist {}: {} videos listed in {} ms",
                    id,
                    playlist.entries().size(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        } catch (InterruptedException e) {
            playlists.putBack(id);
            throw e;
        } catch (ExtractionException e) {
            log.warn("Playlist {}: {}: {}", id, e.diagnosis().kind(), e.getMessage());
            failed(id, permit, e);
        }
    }

    private void failed(PlaylistId id, Permit permit, ExtractionException e) {
        FailureKind kind = e.diagnosis().kind();
        if (kind.mayBeServerFault() && permit.refused(kind) != Decision.FAIL) {
            playlists.putBack(id);
            return;
        }
        if (kind.isVideoFault()) {
            permit.succeeded();
        }
        playlists.fail(id, e.diagnosis().failure());
    }

    /** Without Redis no other worker can take the playlist either. */
    private void renew(PlaylistId id) {
        try {
            playlists.renew(id, lease);
        } catch (DataAccessException e) {
            log.warn("Cannot renew the lease of playlist {}: {}", id, e.toString());
        }
    }
}
