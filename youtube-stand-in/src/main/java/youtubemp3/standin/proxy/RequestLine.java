package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first line of what a proxy is sent, and for whom it is. */
public record RequestLine(String method, String target, String host, int port) {

    private static final int LIMIT = 16_384;
    private static final Pattern LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.[01]");
    private static final Pattern AUTHORITY = Pattern.compile("\\[?([^\\[\\]]+)]?:(\\d{1,5})");

    /**
     * Reads up to the blank line.
     *
     * @return null if the client left before it had asked, as a port probe does
     */
    public static @Nullable RequestLine read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!endsWithBlankLine(head)) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
            if (head.length() > LIMIT) {
                throw new IOException("a request head of more than " + LIMIT + " bytes");
            }
        }
        return parse(head.substring(0, head.indexOf("\r\n")));
    }

    public boolean isConnect() {
        return method.equals("CONNECT");
    }

    /** Asked as a web server and not as a proxy. */
    public boolean isDirect() {
        return target.startsWith("/");
    }

    private static RequestLine parse(String line) throws IOException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IOException("not HTTP: " + line);
        }
        String method = parts.group(1);
        String target = parts.group(2);
        if (target.startsWith("/")) {
            return new RequestLine(method, target, "", 0);
        }
        Matcher authority = AUTHORITY.matcher(target);
        if (authority.matches()) {
            return new RequestLine(method, target, authority.group(1), Integer.parseInt(authority.group(2)));
        }
        return absolute(method, target);
    }

    private static RequestLine absolute(String method, String target) throws IOException {
        try {
            URI uri = URI.create(target);
            String host = uri.getHost();
            return new RequestLine(
                    method, target, host == null ? target : host, uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address: " + target, e);
        }
    }

    private static boolean endsWithBlankLine(StringBuilder head) {
        int length = head.length();
        return length >= 4
                && head.charAt(length - 1) == '\n'
                && head.substring(length - 4).equals("\r\n\r\n");
    }
}
