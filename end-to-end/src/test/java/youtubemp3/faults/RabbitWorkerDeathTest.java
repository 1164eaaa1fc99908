package youtubemp3.faults;

import static youtubemp3.faults.KillPoint.ACKNOWLEDGE;
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

    @Override
    Broker broker() {
        return Broker.RABBITMQ;
    }

    @Override
    Stream<Arguments> pointsOfAJobThatFinishes() {
        return Rows.of(
                super.pointsOfAJobThatFinishes(),
                Stream.concat(
                        each(List.of(DELIVERY, TAKE_OVER, RENEW, ACKNOWLEDGE), List.of(Death.KILL)),
                        Stream.of(
                                Arguments.of(Death.TERM, Side.AFTER, DELIVERY),
                                Arguments.of(Death.TERM, Side.AFTER, RENEW),
                                Arguments.of(Death.TERM, Side.BEFORE, ACKNOWLEDGE))));
    }

    @Override
    Stream<Arguments> mainPoints() {
        return Stream.of(Arguments.of(Death.KILL, Side.BEFORE, FINISH), Arguments.of(Death.TERM, Side.AFTER, PROGRESS));
    }

    /** A retry and a dead letter take two steps here, and a due retry three. What follows a step is the side before the next one. */
    @Override
    Stream<Arguments> pointsOfAJobThatFails() {
        return Rows.of(
                Stream.concat(
                        super.pointsOfAJobThatFails(),
                        each(List.of(ACKNOWLEDGE, CLAIM, ENQUEUE, REMOVE), List.of(Death.values()))),
                Stream.of(
                        Arguments.of(Death.KILL, Side.BEFORE, RETRY),
                        Arguments.of(Death.KILL, Side.AFTER, RETRY),
                        Arguments.of(Death.KILL, Side.AFTER, ACKNOWLEDGE),
                        Arguments.of(Death.KILL, Side.AFTER, CLAIM),
                        Arguments.of(Death.KILL, Side.AFTER, ENQUEUE),
                        Arguments.of(Death.KILL, Side.AFTER, REMOVE),
                        Arguments.of(Death.KILL, Side.BEFORE, DEAD_LETTER),
                        Arguments.of(Death.KILL, Side.AFTER, DEAD_LETTER)));
    }

    @Override
    Stream<Arguments> pointsOfAJobWhoseVideoIsPrivate() {
        return Rows.of(
                super.pointsOfAJobWhoseVideoIsPrivate(), Stream.of(Arguments.of(Death.KILL, Side.BEFORE, ACKNOWLEDGE)));
    }

    @Override
    Stream<Arguments> pointsOfAJobThatIsRefused() {
        return Rows.of(super.pointsOfAJobThatIsRefused(), each(List.of(REQUEUE), List.of(Death.KILL)));
    }

    @Override
    Stream<Arguments> pointsOfAJobThatIsRequeued() {
        return Rows.of(super.pointsOfAJobThatIsRequeued(), each(List.of(REQUEUE), List.of(Death.KILL)));
    }

    @Override
    List<Death> deaths() {
        return List.of(Death.KILL);
    }
}
