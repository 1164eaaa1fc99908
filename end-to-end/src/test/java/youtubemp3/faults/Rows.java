package youtubemp3.faults;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Which rows of the matrix are tried with RabbitMQ. Without {@code -Dfaults.rows=all} they are those at which RabbitMQ is used. */
final class Rows {

    private Rows() {}

    static Stream<Arguments> of(Stream<Arguments> all, Stream<Arguments> ofRabbit) {
        return System.getProperty("faults.rows", "").equals("all") ? all : ofRabbit;
    }
}
