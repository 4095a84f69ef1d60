package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import live.sluice.media.Publication;
import live.sluice.media.Stream;

/** Writes down which packets it is to make frames of; there are no frames to make packets of. */
final class RecordingBridge implements RtpBridge {
  final List<String> got = new ArrayList<>();

  @Override
  public Handle toPackets(Stream stream, Packets to) {
    throw new AssertionError("nothing comes as frames here");
  }

  @Override
  public Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe) {
    got.add("begin");
    return new Frames() {
      @Override
      public void packet(RtpPacket packet) {
        got.add(RecordingReader.text(packet));
      }

      @Override
      public void clock(RtpTrack track, int layer, RtpClock clock) {}

      @Override
      public void close() {
        got.add("end");
      }
    };
  }
}
