package live.sluice.bridge.audio;

/**
 * A sound whose place in time can be measured: a sine that rises from 300 to 3,000 Hz within 2 s, again and again. It
 * is a function of time, so that it can be had at any sample rate.
 */
public final class Chirp {
  private static final double FROM = 300;
  private static final double TO = 3_000;
  private static final double PERIOD = 2;

  private Chirp() {}

  /** Its value at a time in seconds; silence before 0. */
  public static float at(double seconds) {
    if (seconds < 0) {
      return 0;
    }
    double t = seconds % PERIOD;
    return (float) (0.4 * Math.sin(2 * Math.PI * (FROM * t + (TO - FROM) / PERIOD * t * t / 2)));
  }

  /** That many samples of it, the first at {@code start}, in samples. */
  public static float[] samples(int rate, long start, int count) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = at((double) (start + i) / rate);
    }
    return samples;
  }

  /**
   * By how many samples at 48 kHz a piece of sound is late.
   *
   * @param sound at 48 kHz
   * @param time where its first sample lies, in samples at 48 kHz
   * @param range of delays that are tried, both ways
   */
  public static int lateness(float[] sound, long time, int range) {
    float[] wanted = samples(48_000, time - range, sound.length + 2 * range);
    double best = -1;
    int late = 0;
    for (int lag = -range; lag <= range; lag++) {
      double sum = 0;
      double energy = 1e-9;
      int from = range - lag;
      for (int i = 0; i < sound.length; i++) {
        float other = wanted[from + i];
        sum += sound[i] * other;
        energy += other * other;
      }
      double likeness = sum / Math.sqrt(energy);
      if (likeness > best) {
        best = likeness;
        late = lag;
      }
    }
    return late;
  }

  /** How much a piece of sound is like this, 0 to 1, where it lies at {@code time}, in samples at 48 kHz. */
  public static double likeness(float[] sound, long time) {
    double sum = 0;
    double own = 1e-9;
    double other = 1e-9;
    for (int i = 0; i < sound.length; i++) {
      float wanted = at((time + i) / 48_000.0);
      sum += sound[i] * wanted;
      own += sound[i] * sound[i];
      other += wanted * wanted;
    }
    return sum / Math.sqrt(own * other);
  }
}
