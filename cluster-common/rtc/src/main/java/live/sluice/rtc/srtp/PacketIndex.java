package live.sluice.rtc.srtp;

/** The index of a packet: its sequence number, and above it how often that has rolled over. RFC 3711, section 3.3.1. */
final class PacketIndex {
  private PacketIndex() {}

  /**
   * The index that a sequence number means: of all that end in it, the one closest to the highest so far.
   *
   * @return the index; negative if it lies before the first roll-over's beginning, where there are no packets
   */
  static long estimate(long highest, int sequence) {
    int ahead = (short) (sequence - (int) highest);
    if (ahead == Short.MIN_VALUE && (highest & 0x8000) == 0) {
      // Both are as close: the standard stays within the round.
      return highest + 0x8000;
    }
    return highest + ahead;
  }
}
