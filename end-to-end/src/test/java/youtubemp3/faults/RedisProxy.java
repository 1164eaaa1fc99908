package youtubemp3.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy between one process and Redis. */
final class RedisProxy extends FaultProxy {

    RedisProxy(int redis) {
        super(redis);
    }

    @Override
    Link<Message> link(Socket client) {
        return new RedisLink(client);
    }

    private final class RedisLink extends Link<Message> {

        private final Queue<Request> unanswered = new ConcurrentLinkedQueue<>();
        private volatile boolean reading;

        RedisLink(Socket client) {
            super(client);
        }

        @Override
        boolean isTaking() {
            return reading;
        }

        @Override
        byte[] request(InputStream in) throws IOException {
            Message message = Message.read(in);
            Request request = Request.of(message.words());
            pass(request, Side.BEFORE);
            unanswered.add(request);
            return hungry(request, message).bytes();
        }

        /** Handles commands that take jobs or playlists: they block only briefly, so that {@link #starve} works at once. */
        private Message hungry(Request request, Message message) {
            boolean isRead = KillPoint.DELIVERY.is(request);
            boolean isTakeOver = request.name().equals("RedisJobConsumer.TAKE_OVER");
            boolean isPlaylist = KillPoint.TAKE_PLAYLIST.is(request);
            if (!isRead && !isTakeOver && !isPlaylist && !KillPoint.CLAIM.is(request)) {
                return message;
            }
            reading = isRead;
            if (isStarving()) {
                reading = false;
                pause(100);
                return Message.command(List.of("EVAL", isRead || isPlaylist ? "return false" : "return {}", "0"));
            }
            List<String> words = new ArrayList<>(request.words());
            int block = words.indexOf("BLOCK");
            if (block > 0) {
                words.set(block + 1, "200");
            }
            return Message.command(words);
        }

        @Override
        Message reply(InputStream in) throws IOException {
            return Message.read(in);
        }

        @Override
        byte[] toClient(Message message) {
            if (message.type() != '>') {
                Request request = unanswered.remove();
                if (KillPoint.DELIVERY.is(request)) {
                    reading = false;
                }
                if (KillPoint.isEffective(request, message)) {
                    pass(request, Side.AFTER);
                }
            }
            return message.bytes();
        }
    }
}
