package youtubemp3.faults;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One frame of AMQP 0-9-1, or the header of the protocol, which comes first.
 *
 * @param channel its channel
 * @param method the name of its method; empty for content, heartbeats, and methods that do not matter here
 * @param words the method's short strings before its options, such as the name of a queue
 * @param passive whether a declaration is passive
 * @param bytes the unchanged frame
 */
record AmqpFrame(int channel, String method, List<String> words, boolean passive, byte[] bytes) {

    private static final int METHOD = 1;
    private static final int END = 0xCE;
    private static final int HEADER_LENGTH = 7;

    /** Maps class and method, in one number, to the name. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(id(20, 10), "channel.open"),
            Map.entry(id(20, 40), "channel.close"),
            Map.entry(id(20, 41), "channel.close-ok"),
            Map.entry(id(50, 10), "queue.declare"),
            Map.entry(id(50, 11), "queue.declare-ok"),
            Map.entry(id(60, 20), "basic.consume"),
            Map.entry(id(60, 31), "basic.cancel-ok"),
            Map.entry(id(60, 40), "basic.publish"),
            Map.entry(id(60, 60), "basic.deliver"),
            Map.entry(id(60, 80), "basic.ack"),
            Map.entry(id(60, 120), "basic.nack"));

    private static int id(int type, int method) {
        return type << 16 | method;
    }

    static AmqpFrame read(InputStream in) throws IOException {
        byte[] header = exactly(in, HEADER_LENGTH);
        if (header[0] == 'A') {
            // "AMQP" and a version, a byte longer than the header of a frame
            return new AmqpFrame(0, "", List.of(), false, together(header, exactly(in, 1)));
        }
        DataInputStream head = new DataInputStream(new ByteArrayInputStream(header));
        boolean isMethod = head.readByte() == METHOD;
        int channel = head.readUnsignedShort();
        byte[] rest = exactly(in, head.readInt() + 1);
        if ((rest[rest.length - 1] & 0xFF) != END) {
            throw new IOException("not a frame");
        }
        byte[] bytes = together(header, rest);
        if (!isMethod) {
            return new AmqpFrame(channel, "", List.of(), false, bytes);
        }
        DataInputStream payload = new DataInputStream(new ByteArrayInputStream(rest));
        String method = NAMES.getOrDefault(payload.readInt(), "");
        List<String> words = new ArrayList<>();
        boolean passive = false;
        switch (method) {
            case "queue.declare", "basic.consume" -> {
                payload.readShort();
                words.add(text(payload));
                passive = method.equals("queue.declare") && (payload.readByte() & 1) == 1;
            }
            case "basic.publish" -> {
                payload.readShort();
                words.add(text(payload));
                words.add(text(payload));
            }
            default -> {}
        }
        return new AmqpFrame(channel, method, words, passive, bytes);
    }

    /** The same frame with another name of its queue, which has to be as long. */
    AmqpFrame on(String queue) {
        byte[] changed = bytes.clone();
        byte[] name = queue.getBytes(StandardCharsets.US_ASCII);
        // after the header of the frame, class, method, a reserved number and the length of the name
        System.arraycopy(name, 0, changed, HEADER_LENGTH + 4 + 2 + 1, name.length);
        return new AmqpFrame(channel, method, List.of(queue), passive, changed);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(exactly(in, in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static byte[] together(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        try {
            both.write(one);
            both.write(other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return both.toByteArray();
    }
}
