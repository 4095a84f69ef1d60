package live.sluice.rtp;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import org.jspecify.annotations.Nullable;

/** What a bridge makes of a stream's frames: a source of packets like others. On the stream's loop. */
final class PacketMaker implements RtpBridge.Packets, RtpSource {
  private final RtpStream stream;
  private RtpBridge.@Nullable Handle bridge;
  private @Nullable RtpFeed made;

  private PacketMaker(RtpStream stream) {
    this.stream = stream;
  }

  /** Begins to make packets for {@code stream} of {@code frames}. */
  static PacketMaker begin(RtpBridge bridge, Stream frames, RtpStream stream) {
    PacketMaker maker = new PacketMaker(stream);
    maker.bridge = bridge.toPackets(frames, maker);
    return maker;
  }

  /** Ends it, and what it made. */
  void stop() {
    RtpBridge.Handle last = bridge;
    bridge = null;
    if (last != null) {
      last.close();
    }
    RtpFeed from = made;
    if (from != null) {
      from.close();
    }
  }

  @Override
  public void onTracks(List<RtpTrack> known) {
    RtpFeed before = made;
    if (before != null) {
      // Of this same bridge, which goes on: it is not to be told of an end.
      before.close();
    }
    made = stream.connect(known, this, null);
  }

  @Override
  public void onPacket(RtpPacket packet) {
    RtpFeed to = made;
    if (to == null) {
      packet.release();
    } else {
      to.packet(packet);
    }
  }

  @Override
  public void onFlush() {
    stream.flush();
  }

  @Override
  public void onClock(RtpTrack track, long ntp, int rtp) {
    RtpFeed to = made;
    if (to != null) {
      to.clock(track, 0, new RtpClock(ntp, rtp, stream.nanos()));
    }
  }

  @Override
  public void onRefused(ErrorCode code, String why) {
    stream.refuse(new SluiceException(code, "can't play " + stream.key() + " by WebRTC: " + why));
  }

  @Override
  public void requestKeyframe(int layer) {
    RtpBridge.Handle now = bridge;
    if (now != null) {
      now.requestKeyframe();
    }
  }

  @Override
  public boolean heedsRequests() {
    return false;
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    stream.stopToPackets();
  }
}
