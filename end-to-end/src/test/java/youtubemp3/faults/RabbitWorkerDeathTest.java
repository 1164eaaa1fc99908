package youtubemp3.faults;

import static youtubemp3.faults.KillPoint.ACKNOWLEDGE;
import static youtubemp3.faults.KillPoint.BEGIN;
import static youtubemp3.faults.KillPoint.CLAIM;
import static youtubemp3.faults.KillPoint.DEAD_LETTER;
import static youtubemp3.faults.KillPoint.DELIVERY;
import static youtubemp3.faults.KillPoint.ENQUEUE;
import static youtubemp3.faults.KillPoint.FINISH;
import static youtubemp3.faults.KillPoint.PROGRESS;
import static youtubemp3.faults.KillPoint.REMOVE;
import static youtubemp3.faults.KillPoint.RENEW;
import static youtubemp3.faults.KillPoint.REQUEUE;
import static youtubemp3.faults.KillPoint.RETRY;
import static youtubemp3.faults.KillPoint.TAKE_OVER;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import youtubemp3.jobs.JobSettings.Broker;

/** A worker dies at every point of a job that RabbitMQ has delivered. */
@Tag("compose")
class RabbitWorkerDeathTest extends WorkerDeathTest {

    private static final List<Death> KILL = List.of(Death.KILL);

    @Override
    Broker broker() {
        return Broker.RABBITMQ;
    }

    @Override
    Stream<Arguments> pointsOfAJobThatFinishes() {
        return Rows.of(
                super.pointsOfAJobThatFinishes(),
                each(List.of(DELIVERY, TAKE_OVER, RENEW, ACKNOWLEDGE), List.of(Death.values())));
    }

    @Override
    Stream<Arguments> mainPoints() {
        return Stream.of(
                Arguments.of(Death.KILL, Side.BEFORE, FINISH),
                Arguments.of(Death.TERM, Side.BEFORE, BEGIN),
                Arguments.of(Death.TERM, Side.AFTER, PROGRESS),
                Arguments.of(Death.TERM, Side.AFTER, FINISH));
    }

    /** A retry and a dead letter take two steps here, and a due retry three. */
    @Override
    Stream<Arguments> pointsOfAJobThatFails() {
        return Rows.of(
                Stream.concat(
                        super.pointsOfAJobThatFails(),
                        each(List.of(ACKNOWLEDGE, CLAIM, ENQUEUE, REMOVE), List.of(Death.values()))),
                each(List.of(RETRY, ACKNOWLEDGE, CLAIM, ENQUEUE, REMOVE, DEAD_LETTER), KILL));
    }

    @Override
    Stream<Arguments> pointsOfAJobWhoseVideoIsPrivate() {
        return Rows.of(super.pointsOfAJobWhoseVideoIsPrivate(), each(List.of(ACKNOWLEDGE), KILL));
    }

    @Override
    Stream<Arguments> pointsOfAJobThatIsRefused() {
        return Rows.of(super.pointsOfAJobThatIsRefused(), each(List.of(REQUEUE), KILL));
    }
}
