package live.sluice.hop.media.send;

import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.receive.RateMeter;

/** What is known of one flow: its history, whether its pictures are left out, and its counters. */
final class FlowSender {
  private final FlowSpec spec;
  private final RateMeter offered = new RateMeter();

  final SentPackets history = new SentPackets();
  /** Of its packets that wait for room. */
  long waitingBytes;

  boolean closed;
  long packets;
  long bytes;
  long retransmitted;
  long dropped;

  private boolean hasKeyframe;
  private int keyframeTimestamp;
  private boolean hasBegun;
  private int begunTimestamp;
  private boolean leftOut;
  private long rateWhenLeftOut;
  /** Since when, and when room for it was told of last. */
  long leftOutSince;

  long roomToldAt;
  boolean roomTold;

  FlowSender(FlowSpec spec) {
    this.spec = spec;
  }

  int id() {
    return spec.flowId();
  }

  int layer() {
    return spec.layer();
  }

  boolean isSound() {
    return spec.kind() == MediaKind.AUDIO;
  }

  /** Notes what was to be sent, and whether it is of a keyframe: all packets of the time that a keyframe began with. */
  boolean isOfKeyframe(RtpPacket packet, long now) {
    offered.add(packet.bytes().readableBytes(), now);
    if (packet.keyframe()) {
      hasKeyframe = true;
      keyframeTimestamp = packet.timestamp();
      return true;
    }
    return hasKeyframe && packet.timestamp() == keyframeTimestamp;
  }

  /** In bits a second, over the last second. */
  long offeredRate(long now) {
    return offered.bitsPerSecond(now);
  }

  /** A packet of that picture leaves. */
  void begin(RtpPacket packet) {
    hasBegun = true;
    begunTimestamp = packet.timestamp();
  }

  /** Whether a part of its picture has left, so that the rest is worth sending. */
  boolean hasBegun(RtpPacket packet) {
    return hasBegun && packet.timestamp() == begunTimestamp;
  }

  boolean isLeftOut() {
    return leftOut;
  }

  /** What it needs, in bits a second: while it is left out, at least what it needed before. */
  long rate(long now) {
    return leftOut ? Math.max(rateWhenLeftOut, offeredRate(now)) : offeredRate(now);
  }

  void leaveOut(long now) {
    rateWhenLeftOut = offeredRate(now);
    leftOut = true;
    leftOutSince = now;
    roomTold = false;
  }

  void resume() {
    leftOut = false;
  }

  SentStatistics statistics(long now) {
    return new SentStatistics(packets, bytes, retransmitted, dropped, leftOut, offeredRate(now));
  }
}
