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

/**
 * Holds a certificate for YouTube's host names, and the certificate of the authority that issued it. The JDK's keytool
 * makes both, once per folder, because the JDK has no public API that makes certificates.
 *
 * @param authority the file with the authority's certificate, as PEM
 * @param context the TLS context of a server with the certificate for YouTube's host names
 */
public record ServerCertificate(Path authority, SSLContext context) {

    private static final Duration KEYTOOL_LIMIT = Duration.ofMinutes(1);
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";
    private static final String PEM = "ca.pem";
    private static final String STORE = "certificate.p12";

    /** The password need not be secret: only the trust stores of tests and demos contain the authority. */
    private static final String PASSWORD = "stand-in";

    /**
     * Returns the certificate in a folder, and makes it first if it is missing.
     *
     * @throws IOException if the folder cannot be written, or keytool fails
     */
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
        // createTempDirectory would make a folder for its owner alone, but clients in other containers need the file
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
            for (Path file : List.of(draft.resolve(STORE), draft.resolve(PEM), draft)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Moves the complete folder to its place. If two stand-ins start at once, the second uses the certificate of the first.
     */
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
                // keytool runs for half a second, which is too short for the optimizing compiler to pay off
                "-J-XX:TieredStopAtLevel=1",
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

    /** Makes a context with the server's key only. With both keys, the JDK might present the authority's certificate. */
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
