package live.sluice.rtc;

import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpHistory;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.receive.RoundTrip;
import org.jspecify.annotations.Nullable;

/**
 * One track as one player gets it: which layer, and what numbers and timestamps its packets have there. They go on without
 * a gap when the layer or the source changes; within one, each packet keeps its distance to the others, so that what was
 * lost before the node is lost for the player too, and can be asked for.
 */
final class EgressTrack {
  /** An anchor that was replaced is kept for what is asked for again. */
  private record Anchor(int layer, int sequenceShift, int timestampShift, int firstSequence, RtpHistory history) {}

  /** Begins low enough that no receiver misses a roll-over; RFC 3711, section 3.3.1. */
  private static final int FIRST_SEQUENCE_RANGE = 0x4000;

  private static final int NONE = -1;
  private static final int LONG_AFTER = 0x2000;
  /** When so many packets are missing at once, the way was cut: what comes goes on at a keyframe. */
  private static final int LEAP = 256;

  /**
   * By so much less do timestamps of pictures differ that were there before the player. They all come to it at one moment,
   * and a browser learns from the first ones how fast timestamps run: two seconds of them in no time mislead it for half
   * a minute, with picture and sound a tenth of a second apart. 32 leaves pictures that are 0.4 ms apart distinct.
   */
  private static final int CATCH_UP = 32;

  private RtpTrack track;
  private final EgressWire wire;

  private int layer = NONE;
  private int wantedLayer;
  private int sequenceShift;
  private int timestampShift;
  private int firstSequence;
  private int sinceAnchor;
  private int newestLayer = NONE;
  private int newestTimestamp;
  private boolean catchesUp;
  private int highestOut;
  private int highestTimestampOut;
  private long highestNanos;
  private final RoundTrip roundTrip = new RoundTrip();
  private boolean started;
  private boolean waitsForKeyframe;
  private @Nullable RtpHistory history;
  private @Nullable Anchor before;
  private int rtxSequence;

  private long packets;
  private long octets;

  EgressTrack(RtpTrack track, EgressWire wire, int firstOut, int firstTimestamp) {
    this.track = track;
    this.wire = wire;
    this.highestOut = firstOut & (FIRST_SEQUENCE_RANGE - 1);
    this.highestTimestampOut = firstTimestamp;
    this.rtxSequence = firstOut & (FIRST_SEQUENCE_RANGE - 1);
  }

  RtpTrack track() {
    return track;
  }

  EgressWire wire() {
    return wire;
  }

  void joined(RtpHistory delivered) {
    history = delivered;
  }

  /** These come at one moment: where the player begins among them, it is shown the earlier ones quickly. */
  void together(RtpPacket[] batch, int count) {
    if (started || track.kind() != MediaKind.VIDEO) {
      return;
    }
    newestLayer = NONE;
    for (int i = 0; i < count; i++) {
      if (batch[i].track().index() == track.index()) {
        newestLayer = batch[i].layer();
        newestTimestamp = batch[i].timestamp();
      }
    }
  }

  /** Takes the source's track for the one it sends from now on: of the same codec, and maybe at another place. */
  void adopt(RtpTrack now) {
    track = now;
  }

  /** Another source: what comes next has other numbers. */
  void sourceChanged() {
    layer = NONE;
    waitsForKeyframe = false;
    before = null;
  }

  /** What went out last is not gone on from: the next keyframe is waited for. */
  void restart() {
    if (layer != NONE) {
      waitsForKeyframe = true;
    }
  }

  /** How far the player is, as its reports tell. */
  RoundTrip roundTrip() {
    return roundTrip;
  }

  /** The layer that is sent now; -1 before the first packet. */
  int layer() {
    return layer;
  }

  /** Whether a keyframe is waited for. */
  boolean waits() {
    return waitsForKeyframe || layer == NONE || (layer != wantedLayer && track.kind() == MediaKind.VIDEO);
  }

  int wantedLayer() {
    return wantedLayer;
  }

  /** Wants another layer from its next keyframe on. */
  void want(int which) {
    wantedLayer = which;
  }

  /** Whether the packet is to be sent; the anchor is set where it is the first of a layer or a source. */
  boolean takes(RtpPacket packet) {
    if (packet.layer() == layer) {
      if (waitsForKeyframe || leaps(packet)) {
        waitsForKeyframe = true;
        if (!packet.keyframe()) {
          return false;
        }
        waitsForKeyframe = false;
        anchor(packet);
      }
      // What comes late from before the anchor was never to be sent.
      return isAfterAnchor(packet.sequence());
    }
    boolean opens = track.kind() != MediaKind.VIDEO || packet.keyframe();
    // The first picture may be of a lesser layer than what is wanted: something is seen until that one has a keyframe.
    boolean mayBegin = layer == NONE && packet.layer() < wantedLayer;
    if (!opens || !(packet.layer() == wantedLayer || mayBegin)) {
      return false;
    }
    anchor(packet);
    return true;
  }

  /** Whether so much is missing before it that its number, which may have come round, is not gone on to. */
  private boolean leaps(RtpPacket packet) {
    int ahead = (short) (packet.sequence() - (highestOut - sequenceShift));
    int later = packet.timestamp() - (highestTimestampOut - timestampShift);
    return ahead > LEAP || (ahead <= 0 && later > track.clockRate());
  }

  /** Numbers wrap: long after the anchor all that comes is later. */
  private boolean isAfterAnchor(int sequence) {
    return sinceAnchor > LONG_AFTER || (short) (sequence - firstSequence) >= 0;
  }

  private void anchor(RtpPacket packet) {
    RtpHistory delivered = history;
    if (layer != NONE && delivered != null) {
      before = new Anchor(layer, sequenceShift, timestampShift, firstSequence, delivered);
    }
    boolean goesOn = packet.layer() == layer && packet.timestamp() + timestampShift - highestTimestampOut >= 0;
    layer = packet.layer();
    firstSequence = packet.sequence();
    sinceAnchor = 0;
    sequenceShift = highestOut + 1 - packet.sequence();
    if (goesOn) {
      // The same clock: were it set by when this one came, picture and sound would come apart by what delayed it.
      catchesUp = false;
      return;
    }
    int timestamp = highestTimestampOut;
    if (started) {
      long passed = Math.max(1_000_000, packet.arrivalNanos() - highestNanos);
      timestamp += (int) (passed * track.clockRate() / 1_000_000_000L);
    }
    catchesUp = !started && layer == newestLayer;
    timestampShift = timestamp - packet.timestamp();
    started = true;
  }

  int sequenceOf(RtpPacket packet) {
    return packet.sequence() + sequenceShift & 0xffff;
  }

  int timestampOf(RtpPacket packet) {
    int timestamp = packet.timestamp();
    // Timestamps wrap too: long after the anchor all are later than what was there at the beginning.
    int behind = catchesUp && sinceAnchor <= LONG_AFTER ? Math.min(0, timestamp - newestTimestamp) : 0;
    return timestamp - behind + behind / CATCH_UP + timestampShift;
  }

  /** It was sent. */
  void sent(RtpPacket packet) {
    int sequence = sequenceOf(packet);
    if (packets == 0 || (short) (sequence - highestOut) > 0) {
      highestOut = sequence;
      // As it would be in line with when it came: clocks are told by it.
      highestTimestampOut = packet.timestamp() + timestampShift;
      highestNanos = packet.arrivalNanos();
    }
    packets++;
    sinceAnchor++;
    octets += packet.payloadLength();
  }

  /** The packet that went out with that number, null where it is not kept any more; borrowed. */
  @Nullable RtpPacket find(int sequenceOut) {
    RtpHistory delivered = history;
    if (delivered == null || layer == NONE) {
      return null;
    }
    int sequence = sequenceOut - sequenceShift & 0xffff;
    if (isAfterAnchor(sequence)) {
      return delivered.find(track.index(), layer, sequence);
    }
    Anchor old = before;
    if (old == null) {
      return null;
    }
    return old.history().find(track.index(), old.layer(), sequenceOut - old.sequenceShift() & 0xffff);
  }

  /** The timestamp that a packet found by {@link #find} went out with. */
  int timestampAgain(RtpPacket packet, int sequenceOut) {
    Anchor old = before;
    return old == null || isAfterAnchor(sequenceOut - sequenceShift & 0xffff)
        ? timestampOf(packet)
        : packet.timestamp() + old.timestampShift();
  }

  int nextRtxSequence() {
    return rtxSequence++ & 0xffff;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  boolean isStarted() {
    return layer != NONE;
  }

  /** The player's timestamp of now, as the source's clock tells it. */
  int timestampAt(RtpClock clock, long nowNanos) {
    return clock.rtp() + timestampShift + ticks(nowNanos - clock.nanos());
  }

  /** The player's timestamp of now by when the last packet came: for as long as the source has told no clock. */
  int timestampAt(long nowNanos) {
    return highestTimestampOut + ticks(nowNanos - highestNanos);
  }

  private int ticks(long nanos) {
    return (int) (nanos / 1_000 * track.clockRate() / 1_000_000);
  }
}
