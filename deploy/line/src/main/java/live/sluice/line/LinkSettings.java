package live.sluice.line;

import java.util.Locale;

/**
 * What the way from one region to another is like.
 *
 * @param delayMs ms that a packet takes
 * @param jitterMs how many ms more or less that may be; the order of packets is kept
 * @param lossPercent how many of 100 packets are lost, at random and each by itself
 * @param rateMbps Mb/s that fit through; 0: any number
 * @param queueMs how long a packet may wait for those before it to go through; one that would wait longer is dropped
 * @param cut whether nothing passes
 */
public record LinkSettings(
    double delayMs, double jitterMs, double lossPercent, double rateMbps, double queueMs, boolean cut) {
  /** A way that is none: no delay, no loss, no bound. */
  public static final LinkSettings NONE = new LinkSettings(0, 0, 0, 0, 100, false);

  private static final double LONGEST_MS = 60_000;
  private static final double FASTEST_MBPS = 100_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when a value is out of them; the message names it
   */
  public LinkSettings {
    within("delay", delayMs, LONGEST_MS, "ms");
    within("jitter", jitterMs, LONGEST_MS, "ms");
    within("loss", lossPercent, 100, "percent");
    within("rate", rateMbps, FASTEST_MBPS, "Mb/s");
    within("queue", queueMs, LONGEST_MS, "ms");
  }

  private static void within(String name, double value, double most, String unit) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is a number from 0 to %.0f (%s)", name, most, unit));
    }
  }

  /**
   * Returns these settings with one of them replaced.
   *
   * @param assignment such as {@code delay=40}; names are those of {@link #text()}
   * @throws IllegalArgumentException when it is none, or out of bounds
   */
  public LinkSettings with(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(assignment + " has no =");
    }
    String name = assignment.substring(0, equals);
    String value = assignment.substring(equals + 1);
    if (name.equals("cut")) {
      return new LinkSettings(delayMs, jitterMs, lossPercent, rateMbps, queueMs, Boolean.parseBoolean(value));
    }
    double number = number(name, value);
    return switch (name) {
      case "delay" -> new LinkSettings(number, jitterMs, lossPercent, rateMbps, queueMs, cut);
      case "jitter" -> new LinkSettings(delayMs, number, lossPercent, rateMbps, queueMs, cut);
      case "loss" -> new LinkSettings(delayMs, jitterMs, number, rateMbps, queueMs, cut);
      case "rate" -> new LinkSettings(delayMs, jitterMs, lossPercent, number, queueMs, cut);
      case "queue" -> new LinkSettings(delayMs, jitterMs, lossPercent, rateMbps, number, cut);
      default -> throw new IllegalArgumentException("a link has no setting " + name);
    };
  }

  private static double number(String name, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is a number, and not " + value, e);
    }
  }

  /** Returns all of them as assignments with blanks between. */
  public String text() {
    return "delay=" + delayMs + " jitter=" + jitterMs + " loss=" + lossPercent + " rate=" + rateMbps + " queue="
        + queueMs + " cut=" + cut;
  }

  long delayNanos() {
    return Math.round(delayMs * 1e6);
  }

  long jitterNanos() {
    return Math.round(jitterMs * 1e6);
  }

  long queueNanos() {
    return Math.round(queueMs * 1e6);
  }

  /** Returns ns that so many bytes take to go through; 0 without a rate. */
  long transmitNanos(int bytes) {
    return rateMbps == 0 ? 0 : Math.round(bytes * 8000.0 / rateMbps);
  }
}
