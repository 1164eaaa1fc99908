package youtubemp3.web.video;

import org.springframework.context.MessageSourceResolvable;
import youtubemp3.web.http.MessageCode;

/** Why a pasted text names no single video, with a sentence that says what to paste instead. */
enum LinkProblem implements MessageSourceResolvable {
    BLANK("link.blank"),
    TOO_LONG("link.too-long"),
    SEVERAL_VIDEOS("link.several-videos"),
    PLAYLIST("link.playlist"),
    CHANNEL("link.channel"),
    CLIP("link.clip"),
    SEARCH("link.search"),
    /** A page of a video, without its id or with half of it. */
    INCOMPLETE("link.incomplete"),
    /** Any other page of YouTube. */
    OTHER_PAGE("link.other-page"),
    OTHER_SITE("link.other-site"),
    NO_LINK("code." + MessageCode.INVALID_LINK);

    private final String key;

    LinkProblem(String key) {
        this.key = key;
    }

    @Override
    public String[] getCodes() {
        return new String[] {key};
    }
}
