package live.sluice.rtc;

import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.receive.NackTracker;
import live.sluice.rtp.receive.ReceiverStatistics;
import live.sluice.rtp.wire.SequenceUnwrapper;

/** One SSRC of a publisher: a track, or one simulcast layer of it. */
final class IngestLayer {
  private static final int KEPT_SKIPS = 64;

  private final IngestWire wire;
  private final int index;
  private final int ssrc;
  private final ReceiverStatistics statistics;
  private final NackTracker nacks = new NackTracker();
  private final SequenceUnwrapper numbers = new SequenceUnwrapper();
  private final long[] skipped = new long[KEPT_SKIPS];
  private int skips;
  private boolean retired;
  private long highest = Long.MIN_VALUE;

  IngestLayer(IngestWire wire, int index, int ssrc) {
    this.wire = wire;
    this.index = index;
    this.ssrc = ssrc;
    this.statistics = new ReceiverStatistics(ssrc, wire.track().clockRate());
  }

  IngestWire wire() {
    return wire;
  }

  RtpTrack track() {
    return wire.track();
  }

  /** Number of the layer. */
  int index() {
    return index;
  }

  int ssrc() {
    return ssrc;
  }

  ReceiverStatistics statistics() {
    return statistics;
  }

  NackTracker nacks() {
    return nacks;
  }

  /** Another SSRC took its place: what still comes of it is of no use. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** A packet without payload came: readers are not to miss its number, where none after it was given out yet. */
  void skip(int sequence) {
    long number = numbers.unwrap(sequence);
    if (number > highest) {
      highest = number;
      skipped[skips++ % KEPT_SKIPS] = number;
    }
  }

  /** The number that a packet has for readers: its own less those that were skipped before it. */
  int renumbered(int sequence) {
    long number = numbers.unwrap(sequence);
    highest = Math.max(highest, number);
    int oldest = Math.max(0, skips - KEPT_SKIPS);
    int before = oldest;
    for (int i = oldest; i < skips; i++) {
      if (number > skipped[i % KEPT_SKIPS]) {
        before++;
      }
    }
    return (int) (number - before) & 0xffff;
  }
}
