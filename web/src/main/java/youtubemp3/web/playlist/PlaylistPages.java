package youtubemp3.web.playlist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import youtubemp3.jobs.Failure;
import youtubemp3.jobs.playlist.Listing;
import youtubemp3.jobs.playlist.Playlist;
import youtubemp3.jobs.playlist.PlaylistId;
import youtubemp3.web.http.CodedException;
import youtubemp3.web.http.FailureMessages;
import youtubemp3.web.output.OptionsForm;

/** Renders a playlist, as JSON and as a page. */
@Component
class PlaylistPages {

    private final FailureMessages failures;
    private final OptionsForm form;
    private final MessageSourceAccessor messages;

    PlaylistPages(FailureMessages failures, OptionsForm form, MessageSourceAccessor messages) {
        this.failures = failures;
        this.form = form;
        this.messages = messages;
    }

    PlaylistResponse response(PlaylistId id, Listing listing) {
        Playlist playlist = listing.playlist();
        Failure failure = listing.failure();
        return new PlaylistResponse(
                id.toString(),
                playlist == null ? null : playlist.title(),
                listing.state().name().toLowerCase(Locale.ROOT),
                playlist != null && playlist.cut(),
                playlist == null ? List.of() : entries(playlist),
                failure == null ? null : failures.reason(failure));
    }

    private static List<PlaylistResponse.Entry> entries(Playlist playlist) {
        return playlist.entries().stream().map(PlaylistResponse.Entry::of).toList();
    }

    ModelAndView of(PlaylistId id, Listing listing) {
        Playlist playlist = listing.playlist();
        if (playlist != null) {
            Set<String> all = playlist.entries().stream()
                    .map(entry -> entry.video().value())
                    .collect(Collectors.toSet());
            return list(id, playlist, HttpStatus.OK, all, Map.of());
        }
        Failure failure = listing.failure();
        return failure == null
                ? new ModelAndView("playlist/waiting", HttpStatus.ACCEPTED)
                : new ModelAndView("playlist/failed").addObject("failure", failures.reason(failure));
    }

    /** The list with what was ticked, and the reason why it was rejected. */
    ModelAndView rejected(PlaylistId id, Playlist playlist, PlaylistSubmission submission, CodedException error) {
        ModelAndView page = list(id, playlist, error.status(), submission.videos(), submission.options());
        String field = error.field().orElse(TickException.FIELD);
        boolean offered = page.getModel().get("offered") instanceof List<?> fields && fields.contains(field);
        return page.addObject("error", messages.getMessage(error.message()))
                .addObject("errorField", offered ? field : TickException.FIELD);
    }

    private ModelAndView list(
            PlaylistId id, Playlist playlist, HttpStatus status, Set<String> ticked, Map<String, String> options) {
        return new ModelAndView("playlist/list", status)
                .addObject("id", id.toString())
                .addObject("name", playlist.title())
                .addObject("entries", entries(playlist))
                .addObject("cut", cut(id, playlist))
                .addObject("ticked", ticked)
                .addAllObjects(form.ofList(options));
    }

    /** What the page says about the videos that are left out; null if there are none. */
    private @Nullable String cut(PlaylistId id, Playlist playlist) {
        Object[] shown = {String.valueOf(playlist.entries().size())};
        return playlist.cut() ? messages.getMessage(id.isMix() ? "page.list.mix" : "page.list.cut", shown) : null;
    }
}
