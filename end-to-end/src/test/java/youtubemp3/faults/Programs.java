package youtubemp3.faults;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs web and the worker as processes with this JVM's class path, and with a class data archive each, which halves the time
 * of their start. The archives are created once; a second test process waits for them.
 */
final class Programs {

    static final String WEB = "youtubemp3.web.WebApplication";
    static final String WORKER = "youtubemp3.worker.WorkerApplication";

    private static final Path FOLDER = folder();
    private static final String CLASS_PATH = classPath();

    private Programs() {}

    /** The command that starts a program. */
    static List<String> command(String program) {
        List<String> command = java();
        Path archive = archive(program);
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", CLASS_PATH, program));
        return command;
    }

    /** Starts and stops both programs once to create their archives. */
    static synchronized void archive(Path volume, int redis) throws InterruptedException {
        try (FileChannel alone = alone()) {
            if (Files.exists(archive(WORKER))) {
                return;
            }
            List<Process> running = new ArrayList<>();
            for (String program : List.of(WEB, WORKER)) {
                List<String> command = java();
                command.add("-XX:ArchiveClassesAtExit=" + archive(program));
                command.addAll(List.of("-cp", CLASS_PATH, program));
                command.addAll(List.of("--spring.data.redis.port=" + redis, "--server.port=0"));
                command.addAll(List.of("--management.server.port=0", "--youtubemp3.storage.folder=" + volume));
                running.add(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve(program + ".log").toFile())
                        .start());
                Path log = FOLDER.resolve(program + ".log");
                new Service(running.get(running.size() - 1), new RedisProxy(redis), null, log).awaitStarted();
            }
            for (Process process : running) {
                process.destroy();
            }
            for (Process process : running) {
                if (!process.waitFor(1, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
    }

    /** Named after the class path, since an archive is valid only for its own. */
    private static Path archive(String program) {
        String madeFrom = Stream.of(CLASS_PATH.split(File.pathSeparator))
                .map(jar -> jar + new File(jar).lastModified())
                .collect(Collectors.joining());
        return FOLDER.resolve(program + "-" + Integer.toHexString(madeFrom.hashCode()) + ".jsa");
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "programs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lock that excludes other test processes until it is closed. */
    private static FileChannel alone() throws IOException {
        FileChannel file = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE);
        file.lock();
        return file;
    }

    /** Packs folders of classes into jars, since only classes in jars can be archived. */
    private static String classPath() {
        try (FileChannel alone = alone()) {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path classes) {
        Path jar = FOLDER.resolve(classes.toString().replaceAll("\\W", "_") + ".jar");
        if (isNewer(jar, classes)) {
            return jar;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(file -> !file.equals(classes))::iterator) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                entries.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, entries);
                }
                entries.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    private static boolean isNewer(Path jar, Path classes) {
        long made = jar.toFile().lastModified();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.allMatch(file -> file.toFile().lastModified() < made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
