package youtubemp3.standin.music;

import java.util.SplittableRandom;

/**
 * Synthesizes a plucked string by the algorithm of Karplus and Strong (1983): the initial displacement circulates in a delay
 * line whose length determines the pitch, and a low-pass filter damps it with each pass.
 */
final class PluckedString {

    private static final double CONCERT_A_HZ = 440;
    private static final int CONCERT_A_MIDI = 69;

    /** The low-pass filter, the average of two samples, delays the signal by half a sample. */
    private static final double FILTER_DELAY = 0.5;

    /** The string is plucked at this fraction of its length. */
    private static final double PLUCK_POSITION = 0.18;

    /** The initial displacement is scaled to this root mean square. */
    private static final double LOUDNESS = 0.3;

    private final float[] line;
    private final double loss;
    private final double tuning;
    private int position;
    private float previous;
    private double allPassIn;
    private double allPassOut;

    /**
     * Plucks the string.
     *
     * @param midi the pitch as a MIDI note number; 60 is middle C
     * @param brightness the share of high frequencies, from 0 to 1
     * @param sampleRate the sample rate in Hz
     * @param random the source of the noise in the attack
     */
    PluckedString(int midi, double brightness, int sampleRate, SplittableRandom random) {
        double hertz = CONCERT_A_HZ * Math.pow(2, (midi - CONCERT_A_MIDI) / 12.0);
        double period = sampleRate / hertz - FILTER_DELAY;
        int whole = (int) (period - 0.1);
        double rest = period - whole; // an all-pass filter adds the fraction of a sample that the delay line lacks
        tuning = (1 - rest) / (1 + rest);
        double secondsToSilence = 10 - 0.07 * midi;
        loss = Math.pow(10, -3 / (hertz * secondsToSilence));
        line = pluck(whole, brightness, random);
    }

    /** Returns the next sample. */
    float next() {
        float out = line[position];
        double averaged = loss * 0.5 * (out + previous);
        previous = out;
        double tuned = tuning * averaged + allPassIn - tuning * allPassOut;
        allPassIn = averaged;
        allPassOut = tuned;
        line[position] = (float) tuned;
        position = (position + 1) % line.length;
        return out;
    }

    /** Returns the initial displacement: a triangle, the shape of a plucked string, plus filtered noise for the attack. */
    private static float[] pluck(int length, double brightness, SplittableRandom random) {
        float[] shape = new float[length];
        double noise = 0;
        double mean = 0;
        for (int i = 0; i < length; i++) {
            double position = (double) i / length;
            double triangle =
                    position < PLUCK_POSITION ? position / PLUCK_POSITION : (1 - position) / (1 - PLUCK_POSITION);
            noise += (0.1 + 0.6 * brightness) * (random.nextDouble(-1, 1) - noise);
            shape[i] = (float) (triangle + 1.5 * brightness * noise);
            mean += shape[i] / length;
        }
        double power = 0;
        for (int i = 0; i < length; i++) {
            shape[i] -= (float) mean; // a constant offset is inaudible and only reduces the range
            power += shape[i] * shape[i] / (double) length;
        }
        double level = LOUDNESS / Math.sqrt(power);
        for (int i = 0; i < length; i++) {
            shape[i] *= (float) level;
        }
        return shape;
    }
}
