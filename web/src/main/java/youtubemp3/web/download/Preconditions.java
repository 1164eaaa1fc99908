package youtubemp3.web.download;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * Evaluates the preconditions of a GET or HEAD (RFC 9110, section 13) in the order that the RFC prescribes.
 *
 * @param entityTag the file's strong entity tag
 * @param modified the file's modification time; HTTP dates have whole seconds
 */
record Preconditions(String entityTag, Instant modified) {

    enum Result {
        SEND,
        NOT_MODIFIED,
        FAILED
    }

    Preconditions {
        modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Decides whether the file is sent. */
    Result of(HttpHeaders request) {
        String ifMatch = joined(request, HttpHeaders.IF_MATCH);
        if (ifMatch != null) {
            if (!matches(ifMatch, true)) {
                return Result.FAILED;
            }
        } else {
            Instant since = date(request, HttpHeaders.IF_UNMODIFIED_SINCE);
            if (since != null && modified.isAfter(since)) {
                return Result.FAILED;
            }
        }
        String ifNoneMatch = joined(request, HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            return matches(ifNoneMatch, false) ? Result.NOT_MODIFIED : Result.SEND;
        }
        Instant since = date(request, HttpHeaders.IF_MODIFIED_SINCE);
        return since != null && !modified.isAfter(since) ? Result.NOT_MODIFIED : Result.SEND;
    }

    /**
     * Evaluates If-Range: whether the range is of this file. A date is a strong validator here, since a published file never changes.
     */
    boolean rangeHolds(HttpHeaders request) {
        String validator = request.getFirst(HttpHeaders.IF_RANGE);
        if (validator == null) {
            return true;
        }
        return validator.endsWith("\"")
                ? validator.equals(entityTag)
                : modified.equals(date(request, HttpHeaders.IF_RANGE));
    }

    private boolean matches(String header, boolean strong) {
        if (header.strip().equals("*")) {
            return true;
        }
        ETag mine = ETag.create(entityTag);
        return ETag.parse(header).stream().anyMatch(theirs -> mine.compare(theirs, strong));
    }

    private static @Nullable String joined(HttpHeaders request, String name) {
        List<String> values = request.getOrEmpty(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** Returns null if there is no date, or a malformed one, which the RFC says to ignore. */
    private static @Nullable Instant date(HttpHeaders request, String name) {
        try {
            var date = request.getFirstZonedDateTime(name);
            return date == null ? null : date.toInstant();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
