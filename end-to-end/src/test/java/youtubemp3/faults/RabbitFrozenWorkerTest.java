package youtubemp3.faults;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import youtubemp3.jobs.JobSettings.Broker;

/** A worker is suspended, RabbitMQ misses its heartbeats, another worker does its job, and the first resumes. */
@Tag("compose")
class RabbitFrozenWorkerTest extends FrozenWorkerTest {

    @Override
    Broker broker() {
        return Broker.RABBITMQ;
    }

    @Override
    Stream<Arguments> points() {
        return Rows.of(
                super.points(),
                Stream.of(
                        Arguments.of(Side.AFTER, KillPoint.PROGRESS.toString()),
                        Arguments.of(Side.BEFORE, THE_LAST_CHECK),
                        Arguments.of(Side.BEFORE, KillPoint.FINISH.toString()),
                        Arguments.of(Side.BEFORE, KillPoint.ACKNOWLEDGE.toString())));
    }
}
