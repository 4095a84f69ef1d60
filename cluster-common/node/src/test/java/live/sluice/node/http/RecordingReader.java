package live.sluice.node.http;

import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;

/** Reads a stream's packets on a loop of its own, and writes down what it gets. */
final class RecordingReader implements RtpReader {
  private final EventLoop loop;
  final List<String> got = new CopyOnWriteArrayList<>();

  RecordingReader(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void onPackets(RtpPacket[] packets, int count) {
    for (int i = 0; i < count; i++) {
      RtpPacket p = packets[i];
      String text = p.bytes().toString(p.payloadOffset(), p.payloadLength(), StandardCharsets.US_ASCII);
      got.add(p.track().codec() + "/" + p.layer() + " " + p.sequence() + " " + p.timestamp() + " " + text);
    }
  }

  @Override
  public void onSourceChanged() {
    got.add("another source");
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    got.add("end " + code);
  }
}
