package youtubemp3.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between one process and RabbitMQ. RabbitMQ does not answer an acknowledgement, so the answer to the declaration that follows
 * counts as its reply: a channel handles its commands in order.
 */
final class AmqpProxy extends FaultProxy {

    static final String JOBS = "jobs";

    /** The queue from which a starving worker consumes; it always is empty. */
    static final String EMPTY = "idle";

    AmqpProxy(int rabbit) {
        super(rabbit);
    }

    @Override
    Link<AmqpFrame> link(Socket client) {
        return new AmqpLink(client);
    }

    private final class AmqpLink extends Link<AmqpFrame> {

        private final Map<Integer, Channel> channels = new ConcurrentHashMap<>();

        AmqpLink(Socket client) {
            super(client);
        }

        @Override
        boolean isTaking() {
            return channels.values().stream().anyMatch(channel -> channel.consuming);
        }

        @Override
        byte[] request(InputStream in) throws IOException {
            AmqpFrame frame = AmqpFrame.read(in);
            Channel channel = channels.computeIfAbsent(frame.channel(), number -> new Channel());
            switch (frame.method()) {
                case "channel.open", "channel.close" -> channels.put(frame.channel(), new Channel());
                case "basic.publish" -> channel.published.add(before(frame));
                case "basic.consume" -> {
                    before(frame);
                    channel.consuming = !isStarving();
                    return channel.consuming ? frame.bytes() : frame.on(EMPTY).bytes();
                }
                case "basic.ack", "basic.nack" -> {
                    channel.declared = before(frame);
                    channel.holding = false;
                }
                case "queue.declare" -> {
                    // else it follows an acknowledgement, or is not about a job
                    if (channel.holding && frame.passive()) {
                        channel.declared = before(frame);
                    }
                }
                default -> {}
            }
            return frame.bytes();
        }

        private Request before(AmqpFrame frame) {
            Request request = new Request(frame.method(), frame.words());
            pass(request, Side.BEFORE);
            return request;
        }

        @Override
        AmqpFrame reply(InputStream in) throws IOException {
            return AmqpFrame.read(in);
        }

        @Override
        byte[] toClient(AmqpFrame frame) {
            Channel channel = channels.getOrDefault(frame.channel(), new Channel());
            switch (frame.method()) {
                case "basic.deliver" -> {
                    channel.holding = true;
                    pass(new Request("basic.consume", List.of(JOBS)), Side.AFTER);
                }
                case "basic.cancel-ok", "channel.close" -> channel.consuming = false;
                case "basic.ack" -> after(channel.published.poll());
                case "queue.declare-ok" -> {
                    Request declared = channel.declared;
                    channel.declared = null;
                    after(declared);
                }
                default -> {}
            }
            return frame.bytes();
        }

        private void after(@Nullable Request request) {
            if (request != null) {
                pass(request, Side.AFTER);
            }
        }
    }

    private static final class Channel {

        private final Queue<Request> published = new ConcurrentLinkedQueue<>();
        private volatile boolean consuming;

        /** Whether a job was delivered on it. */
        private volatile boolean holding;

        /** The command to which the next answer to a declaration belongs. */
        private volatile @Nullable Request declared;
    }
}
