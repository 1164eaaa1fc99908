package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes the request line of an HTTP/1.1 request (RFC 9112, section 3), and the host that it is for.
 *
 * @param method the method, such as CONNECT
 * @param target the request target in any of its forms
 * @param host the host in the target; empty for the origin form
 * @param port the port in the target, 80 if it is missing there; 0 for the origin form
 * @param authorization the header {@code Proxy-Authorization}; empty without one
 */
record RequestLine(String method, String target, String host, int port, String authorization) {

    private static final int LIMIT = 16_384;
    private static final Pattern LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.[01]");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?im)^Proxy-Authorization: *(.*?) *$");
    private static final Pattern AUTHORITY = Pattern.compile("\\[?([^\\[\\]]+)]?:(\\d{1,5})");

    /**
     * Reads a request up to the end of its header section.
     *
     * @return the request line, or null if the client closes the connection before, as a port scan does
     * @throws IOException if the client sends something other than HTTP, or a header section of more than 16 KiB
     */
    static @Nullable RequestLine read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!endsWithBlankLine(head)) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
            if (head.length() > LIMIT) {
                throw new IOException("a header section of more than " + LIMIT + " bytes");
            }
        }
        Matcher authorization = AUTHORIZATION.matcher(head);
        return parse(head.substring(0, head.indexOf("\r\n")), authorization.find() ? authorization.group(1) : "");
    }

    /** Returns whether the client requests a tunnel. */
    boolean isConnect() {
        return method.equals("CONNECT");
    }

    /** Returns whether the target has the origin form, a path: the client addresses the proxy itself as a web server. */
    boolean isOriginForm() {
        return target.startsWith("/");
    }

    private static RequestLine parse(String line, String authorization) throws IOException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IOException("not HTTP: " + line);
        }
        String method = parts.group(1);
        String target = parts.group(2);
        if (target.startsWith("/")) {
            return new RequestLine(method, target, "", 0, authorization);
        }
        Matcher authority = AUTHORITY.matcher(target);
        if (authority.matches()) {
            return new RequestLine(
                    method, target, authority.group(1), Integer.parseInt(authority.group(2)), authorization);
        }
        return absolute(method, target, authorization);
    }

    private static RequestLine absolute(String method, String target, String authorization) throws IOException {
        try {
            URI uri = URI.create(target);
            String host = uri.getHost();
            return new RequestLine(
                    method,
                    target,
                    host == null ? target : host,
                    uri.getPort() < 0 ? 80 : uri.getPort(),
                    authorization);
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
