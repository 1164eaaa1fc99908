package youtubemp3.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script with the tools of the machine and with busybox. */
@ParameterizedClass
@EnumSource
class CleanupTest {

    private static final Path SCRIPT = Path.of("cleanup.sh").toAbsolutePath();
    private static final String UUID = "0b7e1b52-8f3f-4a55-9d0c-6c6a8d2f6b10";
    private static final String OTHER_UUID = "c1d9d0aa-77aa-4c08-8a3f-0123456789ab";
    private static final Pattern REMOVED =
            Pattern.compile("cleanup: removed (\\d+) file\\(s\\) and (\\d+) unfinished conversion\\(s\\), \\d+ KiB\n");
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Parameter
    private Tools tools;

    @TempDir
    private Path temporary;

    private Path music;

    @BeforeEach
    void makeTheFolder() throws IOException {
        music = Files.createDirectories(temporary.resolve("music"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".mp3", ".m4a", ".opus", ".zip"})
    void removesFinishedFilesOlderThanTheRetention(String extension) throws Exception {
        Path old = file(music.resolve(UUID + extension), EIGHT_HOURS.plus(A_MINUTE));
        Path young = file(music.resolve(OTHER_UUID + extension), EIGHT_HOURS.minus(A_MINUTE));

        Run run = cleanup();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(run.exit()).isZero();
        assertThat(run.output())
                .matches("cleanup: removed 1 file\\(s\\) and 0 unfinished conversion\\(s\\), \\d+ KiB\n");
    }

    @Test
    void theRetentionIsASetting() throws Exception {
        Path old = file(music.resolve(UUID + ".mp3"), Duration.ofMinutes(11));
        Path young = file(music.resolve(OTHER_UUID + ".mp3"), Duration.ofMinutes(9));

        cleanup(Map.of("RETENTION_MINUTES", "10"));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void removesADayOldLeftoverWithItsContentButNotTheWorkFolder() throws Exception {
        Path attempt = attempt(UUID + ".3", A_DAY.plus(A_MINUTE));

        Run run = cleanup();

        assertThat(attempt).doesNotExist();
        assertThat(music.resolve("work")).isDirectory();
        assertThat(run.output())
                .matches("cleanup: removed 0 file\\(s\\) and 1 unfinished conversion\\(s\\), \\d+ KiB\n");
    }

    @Test
    void theMaximumAgeOfALeftoverIsASetting() throws Exception {
        Path old = attempt(UUID + ".1", Duration.ofMinutes(61));
        Path young = attempt(OTHER_UUID + ".1", Duration.ofMinutes(59));

        cleanup(Map.of("LEFTOVER_MINUTES", "60"));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sound.mp3", "deeper/and deeper/sound.mp3", "."})
    void keepsAConversionWhoseNewestFileIsRecent(String young) throws Exception {
        Path attempt = attempt(UUID + ".3", A_DAY.multipliedBy(9));
        Path newest = attempt.resolve(young).normalize();
        if (!Files.exists(newest)) {
            Files.createDirectories(newest.getParent());
            Files.writeString(newest, "an unfinished MP3");
            age(attempt, A_DAY.multipliedBy(9));
        }
        age(newest, A_DAY.minus(A_MINUTE));
        List<String> before = contents();

        Run run = cleanup();

        assertThat(contents()).isEqualTo(before);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void keepsAllOtherFiles() throws Exception {
        file(music.resolve("notes.txt"), A_DAY.multipliedBy(30));
        file(music.resolve("mp3"), A_DAY.multipliedBy(30));
        file(music.resolve("sound.mp3.part"), A_DAY.multipliedBy(30));
        file(music.resolve("sound.MP3"), A_DAY.multipliedBy(30));
        file(music.resolve("album/old.mp3"), A_DAY.multipliedBy(30));
        file(music.resolve("a folder.mp3/old.mp3"), A_DAY.multipliedBy(30));
        file(music.resolve(UUID + ".1/sound.mp3"), A_DAY.multipliedBy(30));
        file(music.resolve("work/" + UUID + ".mp3"), A_DAY.multipliedBy(30));
        file(music.resolve("work/" + UUID + ".7"), A_DAY.multipliedBy(30));
        for (String folder :
                List.of("mine", UUID, UUID + ".", UUID + ".x", UUID + ".1x", UUID + ".1.x", "x" + UUID + ".1")) {
            file(music.resolve("work").resolve(folder).resolve("sound.mp3"), A_DAY.multipliedBy(30));
        }
        file(music.resolve("deeper/work/" + UUID + ".1/sound.mp3"), A_DAY.multipliedBy(30));
        try (Stream<Path> all = Files.walk(music)) {
            for (Path each : all.toList()) {
                age(each, A_DAY.multipliedBy(30));
            }
        }
        List<String> before = contents();

        Run run = cleanup();

        assertThat(contents()).isEqualTo(before);
        assertThat(run.output()).as("no output when it removes nothing").isEmpty();
        assertThat(run.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rf.mp3",
                "--.mp3",
                " .mp3",
                "a b  c.mp3",
                "one\ntwo.mp3",
                "\n.mp3",
                "tab\there.mp3",
                "it's \"quoted\".mp3",
                "$(touch hacked).mp3",
                "`touch hacked`.mp3",
                "a;touch hacked;.mp3",
                "*.mp3",
                "[a].mp3",
                "\\.mp3",
                ".mp3",
                ".hidden.mp3",
                "\u001b[31m.mp3",
                "{}.mp3",
                "%s%n.mp3",
                "stuck 9.mp3"
            })
    void handlesAnyCharacterInAName(String name) throws Exception {
        Path old = file(music.resolve(name), A_DAY);
        Path attempt = attempt(UUID + ".1", A_DAY.multipliedBy(2));
        file(attempt.resolve(name), A_DAY.multipliedBy(2));
        age(attempt, A_DAY.multipliedBy(2));
        Path bystander = file(music.resolve("bystander.txt"), A_DAY);

        Run run = cleanup();

        assertThat(old).doesNotExist();
        assertThat(attempt).doesNotExist();
        assertThat(bystander).exists();
        assertThat(contents()).containsExactly("bystander.txt", "work");
        assertThat(run.output())
                .startsWith("cleanup: removed 1 file(s) and 1 unfinished conversion(s), ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\303\\274\\346\\227\\245\\360\\237\\216\\265", "caf\\351", "\\377\\376"})
    void handlesAnyByteInAName(String octal) throws Exception {
        // Java cannot create such a name in every locale, but a shell can
        Run made = run(List.of("sh", "-c", "touch -d '2 days ago' \"$(printf '" + octal + ".mp3')\""), Map.of());
        assertThat(made.exit()).as(made.output()).isZero();

        Run run = cleanup();

        assertThat(music).isEmptyDirectory();
        assertThat(run.output()).startsWith("cleanup: removed 1 file(s) and 0");
    }

    @Test
    void neitherFollowsNorRemovesLinks() throws Exception {
        Path outside = file(temporary.resolve("outside/precious.mp3"), A_DAY.multipliedBy(9));
        Path outsideAttempt = temporary.resolve("outside/" + UUID + ".5");
        file(outsideAttempt.resolve("sound.mp3"), A_DAY.multipliedBy(9));
        age(outsideAttempt, A_DAY.multipliedBy(9));
        Path link = Files.createSymbolicLink(music.resolve("link.mp3"), outside);
        Path dangling = Files.createSymbolicLink(music.resolve("dangling.mp3"), Path.of("nowhere"));
        Path attempt = attempt(UUID + ".1", A_DAY.multipliedBy(9));
        Files.createSymbolicLink(attempt.resolve("outside"), outside.getParent());
        Files.createSymbolicLink(attempt.resolve("precious.mp3"), outside);
        Path linked = Files.createSymbolicLink(music.resolve("work/" + UUID + ".2"), outsideAttempt);
        for (Path each : List.of(link, dangling, attempt.resolve("outside"), attempt.resolve("precious.mp3"), linked)) {
            ageLink(each, A_DAY.multipliedBy(9));
        }
        age(attempt, A_DAY.multipliedBy(9));

        Run run = cleanup();

        assertThat(outside).exists();
        assertThat(outsideAttempt.resolve("sound.mp3")).exists();
        assertThat(link).isSymbolicLink();
        assertThat(dangling).isSymbolicLink();
        assertThat(linked).isSymbolicLink();
        assertThat(attempt).doesNotExist();
        assertThat(run.output()).startsWith("cleanup: removed 0 file(s) and 1 unfinished");
    }

    @Test
    void ignoresAWorkFolderThatIsALink() throws Exception {
        Path outside = temporary.resolve("outside/" + UUID + ".5");
        file(outside.resolve("sound.mp3"), A_DAY.multipliedBy(9));
        age(outside, A_DAY.multipliedBy(9));
        Files.createSymbolicLink(music.resolve("work"), outside.getParent());

        cleanup();

        assertThat(outside.resolve("sound.mp3")).exists();
    }

    @Test
    void acceptsAnEmptyFolder() throws Exception {
        assertThat(cleanup()).isEqualTo(new Run(0, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "//",
                "/.",
                "/tmp/..",
                ".",
                "music",
                "-",
                "--",
                "/nowhere/at/all",
                "/etc/passwd",
                "/\n"
            })
    void rejectsAnInvalidFolder(String folder) throws Exception {
        Run run = cleanup(Map.of("MUSIC_FOLDER", folder));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.output()).startsWith("cleanup: MUSIC_FOLDER ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "00",
                "-1",
                "+1",
                "1.5",
                "eight",
                "480 ",
                " 480",
                "0480",
                "1e3",
                "99999999",
                "1\n2",
                "$(id)"
            })
    void rejectsAnInvalidNumberOfMinutes(String minutes) throws Exception {
        Path old = file(music.resolve("old.mp3"), A_DAY.multipliedBy(9));
        for (String name : List.of("RETENTION_MINUTES", "LEFTOVER_MINUTES")) {
            Run run = cleanup(Map.of(name, minutes));

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.output()).startsWith("cleanup: " + name + " must be").hasLineCount(1);
        }
        assertThat(old).exists();
    }

    @Test
    void theLongestTimeDoesNotOverflow() throws Exception {
        Path old = file(music.resolve("old.mp3"), Duration.ofDays(5000));
        Path older = file(music.resolve("older.mp3"), Duration.ofDays(7000));

        cleanup(Map.of("RETENTION_MINUTES", "9999999"));

        assertThat(old).exists();
        assertThat(older).doesNotExist();
    }

    @Test
    void concurrentRunsRemoveEachFileOnce() throws Exception {
        int files = 60;
        for (int i = 0; i < files; i++) {
            file(music.resolve("old" + i + ".mp3"), A_DAY);
            attempt(UUID + "." + i, A_DAY.multipliedBy(2));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(tools.command(), settings(Map.of())));
        }

        int mp3 = 0;
        int leftovers = 0;
        for (Process process : processes) {
            Run run = finish(process);
            assertThat(run.exit()).as(run.output()).isZero();
            Matcher removed = REMOVED.matcher(run.output());
            if (removed.matches()) {
                mp3 += Integer.parseInt(removed.group(1));
                leftovers += Integer.parseInt(removed.group(2));
            } else {
                assertThat(run.output()).isEmpty();
            }
        }

        assertThat(contents()).containsExactly("work");
        assertThat(mp3).isEqualTo(files);
        assertThat(leftovers).isEqualTo(files);
    }

    @Test
    void reportsFilesThatCannotBeRemovedAndRemovesTheOthers() throws Exception {
        // an rm that refuses, since tests may run as root, whom no permission stops; busybox prefers its own to any
        Path stubborn = file(music.resolve("stubborn.mp3"), A_DAY);
        Path old = file(music.resolve("old.mp3"), A_DAY);
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path rm = Files.writeString(
                bin.resolve("rm"), "#!/bin/sh\ncase $1 in *stubborn*) exit 1 ;; esac\nexec /bin/rm \"$@\"\n");
        assertThat(rm.toFile().setExecutable(true)).isTrue();

        Run run = run(Tools.SYSTEM.command(), settings(Map.of("PATH", bin + ":" + Tools.SYSTEM.path())));

        assertThat(stubborn).exists();
        assertThat(old).doesNotExist();
        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("removed 1 file").contains("cleanup: 1 thing(s) could not be removed");
    }

    @Test
    void removesTheOldestFilesAboveTheQuota() throws Exception {
        Path oldest = megabytes(music.resolve("oldest.mp3"), 2, Duration.ofMinutes(50));
        Path older = megabytes(music.resolve("older.mp3"), 1, Duration.ofMinutes(40));
        Path young = megabytes(music.resolve("young.mp3"), 2, Duration.ofMinutes(30));
        Path youngest = megabytes(music.resolve("youngest.mp3"), 2, Duration.ofMinutes(20));

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", "4"));

        assertThat(oldest).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(young).exists();
        assertThat(youngest).exists();
        assertThat(run.exit()).isZero();
        assertThat(run.output())
                .matches("cleanup: removed 2 file\\(s\\) before their time, \\d+ KiB: more than QUOTA_MEGABYTES=4\n");
    }

    @Test
    void removesExpiredFilesBeforeItAppliesTheQuota() throws Exception {
        Path old = megabytes(music.resolve("old.mp3"), 3, EIGHT_HOURS.plus(A_MINUTE));
        Path young = megabytes(music.resolve("young.mp3"), 3, A_MINUTE);

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", "3"));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(run.output()).startsWith("cleanup: removed 1 file(s) and 0").hasLineCount(1);
    }

    @Test
    void removesAFileThatIsLargerThanTheQuota() throws Exception {
        Path large = megabytes(music.resolve("large.mp3"), 2, A_MINUTE);

        cleanup(Map.of("QUOTA_MEGABYTES", "1"));

        assertThat(large).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9999999"})
    void removesNothingEarlyWithoutAQuotaOrWithALargeOne(String quota) throws Exception {
        Path young = megabytes(music.resolve("young.mp3"), 9, A_MINUTE);

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", quota));

        assertThat(young).exists();
        assertThat(run).isEqualTo(new Run(0, ""));
    }

    @Test
    void theQuotaAppliesOnlyToMp3sInTheFolder() throws Exception {
        megabytes(music.resolve("notes.txt"), 5, A_MINUTE);
        megabytes(music.resolve("album/other.mp3"), 5, A_MINUTE);
        megabytes(music.resolve("work/" + UUID + ".1/sound.mp3"), 5, A_MINUTE);
        Path outside = megabytes(temporary.resolve("precious.mp3"), 5, A_MINUTE);
        Files.createSymbolicLink(music.resolve("link.mp3"), outside);
        Files.createDirectory(music.resolve("a folder.mp3"));
        megabytes(music.resolve("one.mp3"), 1, A_MINUTE);
        List<String> before = contents();

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", "1"));

        assertThat(contents()).isEqualTo(before);
        assertThat(outside).exists();
        assertThat(run.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rf.mp3",
                "one\ntwo.mp3",
                "\n1 2 3\n.mp3",
                "it's \"quoted\" $(touch hacked).mp3",
                "*.mp3",
                "{}.mp3"
            })
    void theQuotaAppliesToFilesWithAnyName(String name) throws Exception {
        Path old = megabytes(music.resolve(name), 1, Duration.ofMinutes(9));
        Path young = megabytes(music.resolve("young.mp3"), 1, A_MINUTE);

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", "1"));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(contents()).containsExactly("young.mp3");
        assertThat(run.output()).startsWith("cleanup: removed 1 file(s) before their time, ");
    }

    @Test
    void concurrentRunsKeepAsManyFilesAsOne() throws Exception {
        for (int i = 0; i < 30; i++) {
            megabytes(music.resolve("each" + i + ".mp3"), 1, Duration.ofMinutes(i + 1));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(tools.command(), settings(Map.of("QUOTA_MEGABYTES", "10"))));
        }
        for (Process process : processes) {
            Run run = finish(process);
            assertThat(run.exit()).as(run.output()).isZero();
        }

        assertThat(contents()).hasSize(10).contains("each0.mp3", "each9.mp3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "10M", " 10", "010", "99999999", "$(id)"})
    void rejectsAnInvalidQuota(String quota) throws Exception {
        Path old = file(music.resolve("old.mp3"), A_DAY.multipliedBy(9));

        Run run = cleanup(Map.of("QUOTA_MEGABYTES", quota));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.output()).startsWith("cleanup: QUOTA_MEGABYTES must be").hasLineCount(1);
        assertThat(old).exists();
    }

    @Test
    void cronRunsTheScriptEveryFiveMinutes() throws Exception {
        assertThat(Files.readAllLines(SCRIPT.resolveSibling("crontab")))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly("*/5 * * * * /usr/local/bin/cleanup.sh");
        assertThat(SCRIPT).isExecutable();
    }

    private Path attempt(String name, Duration age) throws IOException {
        Path attempt = music.resolve("work").resolve(name);
        for (String each : List.of("sound.mp3", "-.jpg", "cover.jpg", "cookies.txt")) {
            file(attempt.resolve(each), age);
        }
        age(attempt, age);
        return attempt;
    }

    private static Path file(Path path, Duration age) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "x".repeat(5000));
        return age(path, age);
    }

    /** A sparse file, which takes no disk space. */
    private static Path megabytes(Path path, int megabytes, Duration age) throws IOException {
        Files.createDirectories(path.getParent());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(megabytes * 1024L * 1024);
        }
        return age(path, age);
    }

    private static Path age(Path path, Duration age) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
        return path;
    }

    private static void ageLink(Path link, Duration age) throws Exception {
        Process process = new ProcessBuilder(
                        "touch", "-h", "-d", "@" + Instant.now().minus(age).getEpochSecond(), link.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toInstant())
                .isBefore(Instant.now().minus(age.dividedBy(2)));
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> all = Files.walk(music)) {
            return List.copyOf(new TreeSet<>(all.filter(path -> !path.equals(music))
                    .map(path -> music.relativize(path).toString())
                    .toList()));
        }
    }

    private Run cleanup() throws Exception {
        return cleanup(Map.of());
    }

    private Run cleanup(Map<String, String> settings) throws Exception {
        return run(tools.command(), settings(settings));
    }

    private Map<String, String> settings(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("PATH", tools.path());
        settings.put("MUSIC_FOLDER", music.toString());
        settings.putAll(more);
        return settings;
    }

    private Run run(List<String> command, Map<String, String> environment) throws Exception {
        return finish(start(command, environment));
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(music.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.endsWith("_MINUTES")
                        || Set.of("MUSIC_FOLDER", "QUOTA_MEGABYTES").contains(name));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static Run finish(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail("it hangs: " + output);
        }
        return new Run(process.exitValue(), output);
    }

    private record Run(int exit, String output) {}

    private enum Tools {
        /** The machine's shell and tools: dash and GNU on Debian. */
        SYSTEM {
            @Override
            Path folder() throws IOException {
                return Path.of("/bin");
            }
        },
        /** The applets of busybox. */
        BUSYBOX {
            @Override
            Path folder() throws IOException {
                Path folder = Path.of("target", "busybox").toAbsolutePath();
                if (!Files.exists(folder.resolve("sh"))) {
                    install(Files.createDirectories(folder));
                }
                return folder;
            }
        };

        /** The folder with the shell and the tools. */
        abstract Path folder() throws IOException;

        List<String> command() throws IOException {
            return List.of(folder().resolve("sh").toString(), SCRIPT.toString());
        }

        String path() throws IOException {
            return folder() + ":" + System.getenv("PATH");
        }

        private static void install(Path folder) throws IOException {
            Path busybox = Stream.of(System.getenv("PATH").split(":"))
                    .map(each -> Path.of(each, "busybox"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("this test needs busybox: apt-get install busybox"));
            for (String tool : List.of("du", "find", "rm", "rmdir", "sh", "sort", "stat")) {
                Files.createSymbolicLink(folder.resolve(tool), busybox);
            }
        }
    }
}
