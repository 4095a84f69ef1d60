package live.sluice.rtc;

import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpStream;

/**
 * Which simulcast layer of a track one player gets: the best that gets through. It goes down at once when the estimate of
 * the bandwidth falls below what the layer takes; and up by trying, since an estimate can't grow far beyond what is sent:
 * each try that fails makes the next one later. A layer that the publisher stops sending is left for the best one below it.
 * On the player's loop.
 */
final class LayerChooser {
  private static final long MEASURE_NANOS = 1_000_000_000L;
  private static final long FIRST_HOLD_NANOS = 5_000_000_000L;
  private static final long LONGEST_HOLD_NANOS = 60_000_000_000L;

  /** A layer that needs more than this part of the estimate is too much. */
  private static final double FULL = 0.95;

  /** Of the layers below the one that was too much, the best that leaves some room. */
  private static final double ROOM = 0.85;

  /** The bandwidth of a player for whom none is estimated, or who wants one layer whatever it takes. */
  static final long ANY_BANDWIDTH = Long.MAX_VALUE;

  private final int most;
  private final long[] bytes = new long[RtpStream.MAX_LAYERS];
  private final long[] rates = new long[RtpStream.MAX_LAYERS];
  private boolean began;
  private long measuredNanos;
  private long changedNanos;
  private long holdNanos = FIRST_HOLD_NANOS;

  /**
   * Nothing is measured yet.
   *
   * @param most the layer above which none is chosen
   */
  LayerChooser(int most) {
    this.most = most;
  }

  /** A packet of some layer passed by, sent or not. */
  void seen(RtpPacket packet) {
    bytes[packet.layer()] += packet.payloadLength();
  }

  /**
   * The layer to want from now on; to be asked some times a second.
   *
   * @param wanted the one that is wanted now
   * @param bitsPerSecond estimate of the player's bandwidth, or {@link #ANY_BANDWIDTH}
   */
  int choose(int wanted, long bitsPerSecond, long nowNanos) {
    if (!began) {
      began = true;
      measuredNanos = nowNanos;
      changedNanos = nowNanos;
      return wanted;
    }
    long passed = nowNanos - measuredNanos;
    if (passed < MEASURE_NANOS) {
      return wanted;
    }
    measuredNanos = nowNanos;
    for (int i = 0; i < rates.length; i++) {
      rates[i] = bytes[i] * 8_000 / (passed / 1_000_000);
      bytes[i] = 0;
    }
    int best = best();
    int chosen = best < 0 ? wanted : pick(Math.min(wanted, best), best, bitsPerSecond, nowNanos);
    if (chosen != wanted) {
      changedNanos = nowNanos;
    }
    return chosen;
  }

  /** The best of the layers that may be chosen and that the publisher sends now; -1 where it sends none. */
  private int best() {
    for (int i = most; i >= 0; i--) {
      if (rates[i] > 0) {
        return i;
      }
    }
    return -1;
  }

  private int pick(int wanted, int best, long bitsPerSecond, long nowNanos) {
    long held = nowNanos - changedNanos;
    if (rates[wanted] > bitsPerSecond * FULL) {
      for (int i = wanted - 1; i >= 0; i--) {
        if (rates[i] > 0 && (rates[i] <= bitsPerSecond * ROOM || i == 0)) {
          holdNanos = held < holdNanos ? Math.min(2 * holdNanos, LONGEST_HOLD_NANOS) : FIRST_HOLD_NANOS;
          return i;
        }
      }
      return wanted;
    }
    boolean patient = bitsPerSecond == ANY_BANDWIDTH || held >= holdNanos;
    for (int i = wanted + 1; i <= best && patient; i++) {
      if (rates[i] > 0) {
        return i;
      }
    }
    return wanted;
  }
}
