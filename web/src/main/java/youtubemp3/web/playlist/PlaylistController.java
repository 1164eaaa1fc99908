package youtubemp3.web.playlist;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.Listing.State;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.web.address.ClientAddress;
import youtubemp3.web.http.ApiResponse;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.MessageCode;

/** Shows the videos of a playlist, and converts those that are ticked. */
@Controller
class PlaylistController {

    private final PlaylistService playlists;
    private final PlaylistPages pages;
    private final MessageSourceAccessor messages;

    PlaylistController(PlaylistService playlists, PlaylistPages pages, MessageSourceAccessor messages) {
        this.playlists = playlists;
        this.pages = pages;
        this.messages = messages;
    }

    @GetMapping(path = "/playlists/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        PlaylistId playlist = parse(id);
        Listing listing = playlists.list(playlist, ClientAddress.of(request));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return pages.of(playlist, listing);
    }

    @GetMapping("/playlists/{id}")
    ResponseEntity<PlaylistResponse> json(@PathVariable String id, HttpServletRequest request) {
        PlaylistId playlist = parse(id);
        Listing listing = playlists.list(playlist, ClientAddress.of(request));
        return ResponseEntity.status(listing.state() == State.WAITING ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(pages.response(playlist, listing));
    }

    @PostMapping(
            path = "/playlists/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    ResponseEntity<Object> submit(@PathVariable String id, HttpServletRequest request) {
        PlaylistId playlist = parse(id);
        UUID batch = playlists.submit(playlist, PlaylistSubmission.ofJson(request), ClientAddress.of(request));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.LOCATION, "../batches/" + batch);
        return ApiResponse.of(
                        MessageCode.ENQUEUED, messages.getMessage("batch.enqueued"), Map.of("batch", batch.toString()))
                .as(HttpStatus.CREATED, headers);
    }

    /** From the page's form. On an error it is rendered again, with what was ticked and the message. */
    @PostMapping(path = "/playlists/{id}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Nullable
    ModelAndView submitForm(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        PlaylistId playlist = parse(id);
        PlaylistSubmission submission = new PlaylistSubmission(Set.of(), Map.of());
        try {
            submission = PlaylistSubmission.ofForm(request);
            UUID batch = playlists.submit(playlist, submission, ClientAddress.of(request));
            return seeOther("../batches/" + batch, response);
        } catch (CodedException e) {
            Listing listing = playlists.find(playlist);
            if (listing.playlist() == null) {
                // it is listed anew
                return seeOther(playlist.toString(), response);
            }
            e.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
            return pages.rejected(playlist, listing.playlist(), submission, e);
        }
    }

    private static @Nullable ModelAndView seeOther(String page, HttpServletResponse response) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, page);
        return null;
    }

    private static PlaylistId parse(String id) {
        return PlaylistId.parse(id).orElseThrow(() -> new CodedException(MessageCode.NOT_FOUND));
    }
}
