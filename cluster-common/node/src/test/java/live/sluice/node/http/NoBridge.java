package live.sluice.node.http;

import java.util.List;
import java.util.function.IntConsumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.rtp.RtpBridge;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** Makes packets of no frames, and of packets no frames. */
final class NoBridge implements RtpBridge {
  @Override
  public Handle toPackets(Stream stream, Packets to) {
    to.onRefused(ErrorCode.NOT_SUPPORTED, "there are no packets of frames in this test");
    return () -> {};
  }

  @Override
  public Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe) {
    return new Frames() {
      @Override
      public void packet(RtpPacket packet) {}

      @Override
      public void clock(RtpTrack track, int layer, RtpClock clock) {}

      @Override
      public void close() {}
    };
  }
}
