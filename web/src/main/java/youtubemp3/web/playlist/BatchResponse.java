package youtubemp3.web.playlist;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import youtubemp3.web.progress.JobProgress;

/**
 * The response to {@code GET /batches/<uuid>} and the model of its page.
 *
 * @param id the batch's id
 * @param title the playlist's title
 * @param open how many of the jobs wait or run
 * @param finished how many have a file
 * @param jobs the jobs as {@code GET /status/<uuid>} tells them; those that are not kept any more are left out
 * @param download the link to the files as one ZIP, relative to the address of this response; null while there is none
 */
@JsonNaming(SnakeCaseStrategy.class)
record BatchResponse(
        UUID id,
        String title,
        long open,
        long finished,
        List<JobProgress> jobs,
        @Nullable String download) {}
