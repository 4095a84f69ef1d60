package live.sluice.pull.packets;

import java.util.List;
import java.util.function.IntConsumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.rtp.RtpBridge;
import live.sluice.rtp.RtpTrack;

/** Makes packets of no frames and frames of no packets: a pull needs neither. */
public final class NoBridge implements RtpBridge {
  @Override
  public Handle toPackets(Stream stream, Packets to) {
    to.onRefused(ErrorCode.NOT_SUPPORTED, "no test needs packets of frames");
    return () -> {};
  }

  @Override
  public Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe) {
    throw new UnsupportedOperationException("no test needs frames of packets");
  }
}
