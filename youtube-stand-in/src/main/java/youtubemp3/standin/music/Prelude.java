package youtubemp3.standin.music;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Plays the first prelude of Bach's Well-Tempered Clavier (BWV 846, 1722) on synthesized plucked strings. The work is in the
 * public domain, and a computed performance has no recording rights either.
 */
public final class Prelude {

    /** The samples have this rate in Hz. */
    public static final int SAMPLE_RATE = 48_000;
    /** The whole piece lasts this long. */
    public static final Duration DURATION = Duration.ofSeconds(144);

    private static final int BAR = 4 * SAMPLE_RATE;
    private static final int SIXTEENTH = BAR / 16;
    private static final double GAIN = 0.6;
    private static final int NOTES_PER_BAR = 16;

    /** The last chord lasts for the time that remains after the 34 bars before it. */
    private static final int LAST_BAR = (int) DURATION.toSeconds() * SAMPLE_RATE - 34 * BAR;

    /** A string is damped shortly after the end of its bar, as a player would do with a finger. */
    private static final int DAMPED_AFTER = SAMPLE_RATE / 3;

    private static final int DAMPING = SAMPLE_RATE / 4;

    /** Bars 1 to 32 play the five notes of their chord in this order. */
    private static final int[] PATTERN = {0, 1, 2, 3, 4, 2, 3, 4, 0, 1, 2, 3, 4, 2, 3, 4};

    private static final List<String> CHORDS = List.of(
            "C4 E4 G4 C5 E5",
            "C4 D4 A4 D5 F5",
            "B3 D4 G4 D5 F5",
            "C4 E4 G4 C5 E5",
            "C4 E4 A4 E5 A5",
            "C4 D4 F#4 A4 D5",
            "B3 D4 G4 D5 G5",
            "B3 C4 E4 G4 C5",
            "A3 C4 E4 G4 C5",
            "D3 A3 D4 F#4 C5",
            "G3 B3 D4 G4 B4",
            "G3 Bb3 E4 G4 C#5",
            "F3 A3 D4 A4 D5",
            "F3 Ab3 D4 F4 B4",
            "E3 G3 C4 G4 C5",
            "E3 F3 A3 C4 F4",
            "D3 F3 A3 C4 F4",
            "G2 D3 G3 B3 F4",
            "C3 E3 G3 C4 E4",
            "C3 G3 Bb3 C4 E4",
            "F2 F3 A3 C4 E4",
            "F#2 C3 A3 C4 Eb4",
            "Ab2 F3 B3 C4 D4",
            "G2 F3 G3 B3 D4",
            "G2 E3 G3 C4 E4",
            "G2 D3 G3 C4 F4",
            "G2 D3 G3 B3 F4",
            "G2 Eb3 A3 C4 F#4",
            "G2 E3 G3 C4 G4",
            "G2 D3 G3 C4 F4",
            "G2 D3 G3 B3 F4",
            "C2 C3 G3 Bb3 E4");

    private static final List<String> ENDING = List.of(
            "C2 C3 F3 A3 C4 F4 C4 A3 C4 A3 F3 A3 F3 D3 F3 D3", "C2 B2 G4 B4 D5 F5 D5 B4 D5 B4 G4 B4 D4 F4 E4 D4");

    private static final String LAST_CHORD = "C2 C3 E4 G4 C5";

    private static final Map<Character, Integer> STEPS =
            Map.of('C', 0, 'D', 2, 'E', 4, 'F', 5, 'G', 7, 'A', 9, 'B', 11);

    private final SplittableRandom random =
            new SplittableRandom(846); // a fixed seed makes the music the same each time

    /** This buffer has, per channel, the samples that are not yet written: the current bar and the decay of its strings. */
    private final float[][] ringing = new float[2][Math.max(BAR, LAST_BAR) + DAMPED_AFTER + DAMPING];

    private final OutputStream out;

    private Prelude(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the piece as PCM: stereo, 16 bits, little-endian, {@value #SAMPLE_RATE} Hz.
     *
     * @throws IOException if the stream cannot be written
     */
    public static void play(OutputStream out) throws IOException {
        Prelude prelude = new Prelude(out);
        for (int bar = 0; bar < CHORDS.size(); bar++) {
            int[] chord = notes(CHORDS.get(bar));
            double loudness =
                    0.75 + 0.25 * Math.sin(Math.PI * bar / 16); // makes one crescendo and decrescendo per 16 bars
            for (int i = 0; i < NOTES_PER_BAR; i++) {
                prelude.pluck(chord[PATTERN[i]], i * SIXTEENTH, BAR, loudness * accent(i));
            }
            prelude.write(BAR);
        }
        for (String bar : ENDING) {
            int[] melody = notes(bar);
            for (int i = 0; i < NOTES_PER_BAR; i++) {
                prelude.pluck(melody[i], i * SIXTEENTH, BAR, 0.75 * accent(i));
            }
            prelude.write(BAR);
        }
        int[] chord = notes(LAST_CHORD);
        for (int i = 0; i < chord.length; i++) {
            prelude.pluck(
                    chord[i],
                    i * SAMPLE_RATE / 20,
                    LAST_BAR - DAMPED_AFTER - DAMPING,
                    0.8); // the notes start one after the other (arpeggio)
        }
        prelude.write(LAST_BAR);
    }

    private static double accent(int sixteenth) {
        return sixteenth % 8 == 0 ? 1 : sixteenth % 8 == 1 ? 0.85 : 0.7;
    }

    private void pluck(int midi, int from, int bar, double loudness) {
        PluckedString string = new PluckedString(midi, loudness * 0.6, SAMPLE_RATE, random);
        // pans low strings to the left, and high ones to the right
        double side = Math.min(1, Math.max(0, (midi - 36) / 48.0));
        float left = (float) (loudness * Math.cos(Math.PI / 8 + side * Math.PI / 4));
        float right = (float) (loudness * Math.sin(Math.PI / 8 + side * Math.PI / 4));
        int damped = bar + DAMPED_AFTER;
        for (int i = from; i < damped + DAMPING; i++) {
            float sample = string.next() * Math.min(1, (damped + DAMPING - i) / (float) DAMPING);
            ringing[0][i] += left * sample;
            ringing[1][i] += right * sample;
        }
    }

    private void write(int samples) throws IOException {
        byte[] bytes = new byte[4 * samples];
        for (int i = 0, at = 0; i < samples; i++) {
            for (float[] channel : ringing) {
                // tanh rounds off rare peaks; a hard limit would be audible as a crack
                int value = (int) Math.round(32_000 * Math.tanh(GAIN * channel[i]));
                bytes[at++] = (byte) value;
                bytes[at++] = (byte) (value >> 8);
            }
        }
        out.write(bytes);
        for (float[] channel : ringing) {
            int rest = channel.length - samples;
            System.arraycopy(channel, samples, channel, 0, rest);
            Arrays.fill(channel, rest, channel.length, 0);
        }
    }

    private static int[] notes(String names) {
        return Arrays.stream(names.split(" ")).mapToInt(Prelude::midi).toArray();
    }

    private static int midi(String name) {
        int octave = name.charAt(name.length() - 1) - '0';
        int step = STEPS.getOrDefault(name.charAt(0), 0);
        int alteration = name.contains("#") ? 1 : name.contains("b") ? -1 : 0;
        return 12 * (octave + 1) + step + alteration;
    }
}
