package youtubemp3.web.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** A length of time for people, such as "8 hours" or "1 hour and 30 minutes": its two largest units, rounded down. */
public final class DurationMessage {

    private DurationMessage() {}

    public static MessageSourceResolvable of(Duration time) {
        List<MessageSourceResolvable> units = new ArrayList<>();
        add(units, time.toDays(), "day");
        add(units, time.toHoursPart(), "hour");
        add(units, time.toMinutesPart(), "minute");
        add(units, time.toSecondsPart(), "second");
        if (units.isEmpty()) {
            return unit(0, "second");
        }
        return units.size() == 1 ? units.get(0) : message("duration.and", units.get(0), units.get(1));
    }

    private static void add(List<MessageSourceResolvable> units, long count, String unit) {
        if (count > 0) {
            units.add(unit(count, unit));
        }
    }

    private static MessageSourceResolvable unit(long count, String unit) {
        return message("duration." + unit + (count == 1 ? "" : "s"), String.valueOf(count));
    }

    private static MessageSourceResolvable message(String key, Object... arguments) {
        return new DefaultMessageSourceResolvable(new String[] {key}, arguments);
    }
}
