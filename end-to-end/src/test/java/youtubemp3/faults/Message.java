package youtubemp3.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of Redis' protocol (RESP), version 2 or 3.
 *
 * @param type its first character
 * @param bytes the unchanged message
 * @param words all texts and numbers in it, including nested ones
 */
record Message(char type, byte[] bytes, List<String> words) {

    static Message read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>();
        char type = read(in, bytes, words);
        return new Message(type, bytes.toByteArray(), words);
    }

    /** Reads a command. */
    static Message command(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("*" + words.size() + "\r\n"));
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ascii("$" + text.length + "\r\n"));
            bytes.writeBytes(text);
            bytes.writeBytes(ascii("\r\n"));
        }
        return new Message('*', bytes.toByteArray(), words);
    }

    boolean isError() {
        return type == '-';
    }

    /** Whether it is neither an error nor an empty result. */
    boolean saysSomething() {
        return !isError() && !words.isEmpty();
    }

    private static char read(InputStream in, ByteArrayOutputStream bytes, List<String> words) throws IOException {
        String line = line(in, bytes);
        char type = line.charAt(0);
        String rest = line.substring(1);
        switch (type) {
            case '$', '=', '!' -> text(in, bytes, words, Integer.parseInt(rest));
            case '*', '~', '>' -> several(in, bytes, words, Integer.parseInt(rest));
            case '%' -> several(in, bytes, words, 2 * Integer.parseInt(rest));
            case '|' -> {
                several(in, bytes, new ArrayList<>(), 2 * Integer.parseInt(rest));
                return read(in, bytes, words);
            }
            case '_' -> {}
            default -> words.add(rest);
        }
        return type;
    }

    private static void several(InputStream in, ByteArrayOutputStream bytes, List<String> words, int count)
            throws IOException {
        for (int i = 0; i < count; i++) {
            read(in, bytes, words);
        }
    }

    private static void text(InputStream in, ByteArrayOutputStream bytes, List<String> words, int length)
            throws IOException {
        if (length < 0) {
            return;
        }
        byte[] text = in.readNBytes(length + 2);
        if (text.length < length + 2) {
            throw new EOFException();
        }
        bytes.writeBytes(text);
        words.add(new String(text, 0, length, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            bytes.write(c);
            if (c != '\r') {
                line.append((char) c);
            }
        }
        bytes.write('\n');
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
