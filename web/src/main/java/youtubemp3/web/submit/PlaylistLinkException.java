package youtubemp3.web.submit;

import java.util.Map;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.web.http.MessageCode;

/** Thrown when a link names a playlist and no video. */
class PlaylistLinkException extends SubmissionRejectedException {

    private final transient PlaylistId playlist;

    PlaylistLinkException(PlaylistId playlist) {
        super(
                MessageCode.INVALID_LINK,
                new DefaultMessageSourceResolvable(
                        new String[] {"link.playlist.listed"}, new Object[] {playlist.toString()}));
        this.playlist = playlist;
    }

    /** The link to the page that lists it, relative to {@code /submit}. */
    String page() {
        return "playlists/" + playlist;
    }

    @Override
    public Map<String, String> data() {
        return Map.of("playlist", playlist.toString());
    }
}
