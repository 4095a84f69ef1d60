package live.sluice.hop.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.RtpHeader;

/** Pictures or sound of a flow, and what became of each packet. */
final class Source {
  private static final long SECOND = 1_000_000_000;
  private static final int MOST_PAYLOAD = 1_140;
  private static final int STAMP = 16;

  private final SimulatedLink link;
  private final Random random;
  private final RtpTrack track;
  private final int layer;
  private final int bitsPerSecond;
  private final int pictures;
  private final int keyframeEach;
  final int flowId;
  final boolean sound;

  final BitSet arrived = new BitSet();
  private final BitSet pictureEnds = new BitSet();
  final Deque<RtpPacket> packets = new ArrayDeque<>();
  private int frame;
  private int sequence;
  /** When packets were sent, each as it was numbered. */
  int sent;

  int inTime;
  int twice;
  long worst;
  long lastArrival;
  long sumNanos;
  boolean paused;
  int packetBytes = MOST_PAYLOAD;

  static Source pictures(SimulatedLink link, int flowId, int layer, int bitsPerSecond) {
    return new Source(link, flowId, layer, bitsPerSecond, false);
  }

  static Source sound(SimulatedLink link, int flowId) {
    return new Source(link, flowId, 0, 48_000, true);
  }

  private Source(SimulatedLink link, int flowId, int layer, int bitsPerSecond, boolean sound) {
    this.link = link;
    this.flowId = flowId;
    this.layer = layer;
    this.bitsPerSecond = bitsPerSecond;
    this.sound = sound;
    this.pictures = sound ? 50 : 30;
    this.keyframeEach = sound ? 1 : 60;
    this.random = new Random(flowId);
    this.track =
        sound
            ? new RtpTrack(1, Codec.OPUS, 48_000, 2, "", List.of())
            : new RtpTrack(0, Codec.H264, 90_000, 0, "", List.of());
  }

  MediaKind kind() {
    return sound ? MediaKind.AUDIO : MediaKind.VIDEO;
  }

  int layer() {
    return layer;
  }

  void start(long after) {
    link.time.in(after, () -> link.time.each(SECOND / pictures, this::frame));
  }

  private void frame() {
    if (paused) {
      return;
    }
    boolean keyframe = frame % keyframeEach == 0;
    // A keyframe has four times the bytes of another picture.
    double usual = bitsPerSecond / 8.0 / pictures * (sound ? 1 : keyframeEach / (keyframeEach + 3.0));
    int bytes = (int) (usual * (keyframe && !sound ? 4 : 0.7 + 0.6 * random.nextDouble()));
    boolean first = true;
    for (int left = Math.max(bytes, STAMP); left > 0; ) {
      int part = Math.max(STAMP, Math.min(left, packetBytes));
      left -= part;
      packet(part, keyframe && first, left <= 0);
      first = false;
    }
    frame++;
    link.sender.flush();
  }

  private void packet(int payload, boolean keyframe, boolean marker) {
    ByteBuf bytes = Unpooled.buffer(RtpHeader.BYTES + payload);
    RtpHeader.write(bytes, false, marker, 100, sequence++ & 0xffff, frame * (track.clockRate() / pictures), flowId);
    pictureEnds.set(sent, marker);
    bytes.writeLong(link.time.nanos()).writeInt(sent++).writeInt(payload).writeZero(payload - STAMP);
    RtpPacket packet = new RtpPacket(track, layer, bytes, RtpHeader.BYTES, keyframe, link.time.nanos());
    packets.add(packet);
    link.sender.send(flowId, packet);
    packet.release();
    while (packets.size() > 20_000) {
      packets.remove();
    }
  }

  void onPacket(ByteBuf rtp, boolean marker, long inTimeNanos) {
    long now = link.time.nanos();
    long delay = now - rtp.getLong(12);
    int number = rtp.getInt(20);
    if (rtp.getInt(24) != rtp.readableBytes() - RtpHeader.BYTES || RtpHeader.marker(rtp) != marker) {
      throw new IllegalStateException("not as it was sent");
    }
    rtp.release();
    if (arrived.get(number)) {
      twice++;
      return;
    }
    arrived.set(number);
    worst = Math.max(worst, delay);
    sumNanos += delay;
    lastArrival = now;
    inTime += delay <= inTimeNanos ? 1 : 0;
  }

  /** Pictures of which some packets came, and others did not. */
  int cutPictures() {
    int cut = 0;
    for (int first = 0; first < sent; ) {
      int next = pictureEnds.nextSetBit(first) + 1;
      int came = arrived.get(first, next).cardinality();
      cut += came > 0 && came < next - first ? 1 : 0;
      first = next;
    }
    return cut;
  }

  /** Share of packets that came in time. */
  double shareInTime() {
    return (double) inTime / sent;
  }

  double shareArrived() {
    return (double) arrived.cardinality() / sent;
  }
}
