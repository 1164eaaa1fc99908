package youtubemp3.standin.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Speaks SOCKS 5 (RFC 1928) with user and password (RFC 1929), after the first byte of the client, its version. */
final class Socks5 {

    static final int VERSION = 5;

    /** The replies, with an empty address of the server. */
    static final byte[] SUCCEEDED = {VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    static final byte[] NOT_ALLOWED = {VERSION, 2, 0, 1, 0, 0, 0, 0, 0, 0};

    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int NO_ACCEPTABLE_METHOD = 0xff;

    private final DataInputStream in;
    private final OutputStream out;

    Socks5(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /**
     * Reads the client's methods, and its credentials if they are needed.
     *
     * @param credentials {@code user:password}; null for none
     * @return whether the client may go on
     * @throws IOException if the connection breaks
     */
    boolean authenticate(@Nullable String credentials) throws IOException {
        int method = credentials == null ? NO_AUTHENTICATION : PASSWORD;
        if (!text().contains(String.valueOf((char) method))) {
            out.write(new byte[] {VERSION, (byte) NO_ACCEPTABLE_METHOD});
            return false;
        }
        out.write(new byte[] {VERSION, (byte) method});
        if (credentials == null) {
            return true;
        }
        in.readByte(); // the version of the sub-negotiation
        boolean right = (text() + ":" + text()).equals(credentials);
        out.write(new byte[] {1, (byte) (right ? 0 : 1)});
        return right;
    }

    /**
     * Reads what the client wants to be connected to.
     *
     * @throws IOException if the connection breaks, or if the request is another than CONNECT
     */
    InetSocketAddress readTarget() throws IOException {
        in.readByte();
        int command = in.readByte();
        in.readByte();
        int type = in.readByte();
        if (command != 1) {
            throw new IOException("not CONNECT: " + command);
        }
        String host =
                switch (type) {
                    case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
                    case 3 -> text();
                    case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
                    default -> throw new IOException("no such type of address: " + type);
                };
        return InetSocketAddress.createUnresolved(host, in.readUnsignedShort());
    }

    /** Reads a text after a byte with its length. */
    private String text() throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
    }
}
