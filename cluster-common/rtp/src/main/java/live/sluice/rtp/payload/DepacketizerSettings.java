package live.sluice.rtp.payload;

/**
 * Bounds of a depacketizer.
 *
 * @param windowPackets how far packets may be ahead of one that is missing, 1 to 16,384
 * @param waitMillis how long a missing packet is waited for, in ms from when the next one behind it came
 * @param keyframeRetryMillis after how many ms without a keyframe it is asked for again
 * @param maxUnitBytes the largest access unit, in bytes of its packets
 */
public record DepacketizerSettings(int windowPackets, int waitMillis, int keyframeRetryMillis, int maxUnitBytes) {
  /** Room for one or two retransmissions between continents, and for a keyframe of many megabits. */
  public static final DepacketizerSettings DEFAULT = new DepacketizerSettings(1024, 250, 1000, 4 << 20);

  /** Checks the bounds. */
  public DepacketizerSettings {
    if (windowPackets < 1 || windowPackets > 16_384 || waitMillis < 0 || keyframeRetryMillis < 1 || maxUnitBytes < 1) {
      throw new IllegalArgumentException("bounds of a depacketizer that can't be");
    }
  }
}
