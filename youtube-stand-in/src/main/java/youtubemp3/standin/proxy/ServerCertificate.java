package youtubemp3.standin.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import youtubemp3.standin.process.Command;
import youtubemp3.standin.process.Folders;

/**
 * A certificate for YouTube's names and the authority that issued it, made once a folder with the JDK's keytool: the JDK has
 * no public API that makes certificates.
 *
 * @param authority the authority's certificate as PEM
 * @param context a server's, with the certificate for YouTube's names
 */
public record ServerCertificate(Path authority, SSLContext context) {

    private static final Duration KEYTOOL_LIMIT = Duration.ofMinutes(1);
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";
    private static final String PEM = "ca.pem";
    private static final String STORE = "certificate.p12";

    /** Guards nothing: it is a throw-away key that only a test's own trust store knows. */
    private static final String PASSWORD = "stand-in";

    public static ServerCertificate in(Path folder) throws IOException {
        Path home = folder.resolve("certificate");
        if (!Files.isDirectory(home)) {
            make(folder, home);
        }
        try {
            return new ServerCertificate(home.resolve(PEM), context(load(home.resolve(STORE))));
        } catch (GeneralSecurityException e) {
            throw new IOException("unusable certificate in " + home, e);
        }
    }

    private static void make(Path folder, Path home) throws IOException {
        // not createTempDirectory, whose folder only its owner may read: clients in other containers need the PEM
        Path draft = Files.createDirectory(folder.resolve("certificate-" + UUID.randomUUID()));
        try {
            Path store = draft.resolve(STORE);
            keytool(
                    store,
                    AUTHORITY,
                    List.of(
                            "-dname",
                            "CN=YouTube stand-in",
                            "-ext",
                            "bc:c=ca:true",
                            "-ext",
                            "ku:c=keyCertSign,cRLSign"));
            keytool(
                    store,
                    SERVER,
                    List.of(
                            "-signer",
                            AUTHORITY,
                            "-dname",
                            "CN=www.youtube.com",
                            "-ext",
                            "san="
                                    + Stream.of(YouTubeHosts.CERTIFICATE_NAMES)
                                            .map(name -> "dns:" + name)
                                            .collect(Collectors.joining(",")),
                            "-ext",
                            "ku:c=digitalSignature",
                            "-ext",
                            "eku=serverAuth"));
            Files.writeString(draft.resolve(PEM), pem(load(store).getCertificate(AUTHORITY)));
            publish(draft, home);
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool made an unusable certificate", e);
        } finally {
            Folders.delete(draft);
        }
    }

    /** The folder appears whole or not at all, and the first of two that start at once wins. */
    private static void publish(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
            return;
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void keytool(Path store, String alias, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // for half a second of work, compiling well takes longer than it saves
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(more);
        new Command(command, KEYTOOL_LIMIT).run();
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** Offers the server's key only: given both, the JDK may choose the authority's. */
    private static SSLContext context(KeyStore both) throws IOException, GeneralSecurityException {
        Key key = both.getKey(SERVER, PASSWORD.toCharArray());
        KeyStore server = KeyStore.getInstance("PKCS12");
        server.load(null, null);
        server.setKeyEntry(SERVER, key, PASSWORD.toCharArray(), both.getCertificateChain(SERVER));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(server, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
