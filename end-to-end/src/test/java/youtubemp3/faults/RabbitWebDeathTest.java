package youtubemp3.faults;

import static youtubemp3.faults.KillPoint.ENQUEUE;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import youtubemp3.jobs.JobSettings.Broker;

/** Web dies at every point of a submission, among them before RabbitMQ gets the job and before it confirms it. */
@Tag("compose")
class RabbitWebDeathTest extends WebDeathTest {

    @Override
    Broker broker() {
        return Broker.RABBITMQ;
    }

    @Override
    Stream<Arguments> points() {
        return Rows.of(super.points(), Stream.of(Side.values()).map(side -> Arguments.of(side, ENQUEUE)));
    }
}
