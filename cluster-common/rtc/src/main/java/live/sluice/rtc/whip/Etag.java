package live.sluice.rtc.whip;

import java.util.concurrent.ThreadLocalRandom;

/** Versions of what a client was told: another one after each restart of ICE. */
public final class Etag {
  private Etag() {}

  /** One that was not there before. */
  public static String next() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }
}
