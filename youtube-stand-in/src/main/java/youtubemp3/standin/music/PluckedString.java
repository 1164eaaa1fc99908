package youtubemp3.standin.music;

import java.util.SplittableRandom;

/**
 * A string by Karplus and Strong (1983): what it is plucked with runs round a delay line of the pitch's length and loses
 * its sharpness at each pass.
 */
public final class PluckedString {

    private static final double CONCERT_A_HZ = 440;
    private static final int CONCERT_A_MIDI = 69;

    /** The averaging of two samples delays by half of one. */
    private static final double FILTER_DELAY = 0.5;

    private static final double DRAWN_AT = 0.18;
    private static final double LOUDNESS = 0.3;

    private final float[] line;
    private final double loss;
    private final double tuning;
    private int position;
    private float before;
    private double tunedIn;
    private double tunedOut;

    /**
     * Plucks.
     *
     * @param midi the pitch; 60 is middle C
     * @param brightness from 0, with the flesh of the thumb, to 1, with a nail
     */
    public PluckedString(int midi, double brightness, int sampleRate, SplittableRandom random) {
        double hertz = CONCERT_A_HZ * Math.pow(2, (midi - CONCERT_A_MIDI) / 12.0);
        double period = sampleRate / hertz - FILTER_DELAY;
        int whole = (int) (period - 0.1);
        double rest = period - whole; // an all-pass filter delays by the part of a sample that the line cannot
        tuning = (1 - rest) / (1 + rest);
        double secondsToSilence = 10 - 0.07 * midi;
        loss = Math.pow(10, -3 / (hertz * secondsToSilence));
        line = pluck(whole, brightness, random);
    }

    public float next() {
        float out = line[position];
        double averaged = loss * 0.5 * (out + before);
        before = out;
        double tuned = tuning * averaged + tunedIn - tuning * tunedOut;
        tunedIn = averaged;
        tunedOut = tuned;
        line[position] = (float) tuned;
        position = (position + 1) % line.length;
        return out;
    }

    /** The string as it is drawn aside, which gives each note an even body, and the scratch of the nail in noise. */
    private static float[] pluck(int length, double brightness, SplittableRandom random) {
        float[] shape = new float[length];
        double scratch = 0;
        double mean = 0;
        for (int i = 0; i < length; i++) {
            double place = (double) i / length;
            double drawn = place < DRAWN_AT ? place / DRAWN_AT : (1 - place) / (1 - DRAWN_AT);
            scratch += (0.1 + 0.6 * brightness) * (random.nextDouble(-1, 1) - scratch);
            shape[i] = (float) (drawn + 1.5 * brightness * scratch);
            mean += shape[i] / length;
        }
        double power = 0;
        for (int i = 0; i < length; i++) {
            shape[i] -= (float) mean; // a constant part would not sound, only use up the range
            power += shape[i] * shape[i] / (double) length;
        }
        double level = LOUDNESS / Math.sqrt(power);
        for (int i = 0; i < length; i++) {
            shape[i] *= (float) level;
        }
        return shape;
    }
}
