package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;

/** Writes down what it gets. */
final class RecordingReader implements RtpReader {
  final List<String> got = new ArrayList<>();
  private final EventLoop loop;
  private final int layers;
  List<RtpTrack> madeFor = List.of();
  RtpHistory history;
  Runnable onGot = () -> {};

  @Override
  public List<RtpTrack> tracks() {
    return madeFor;
  }

  RecordingReader(EventLoop loop) {
    this(loop, ALL_LAYERS);
  }

  RecordingReader(EventLoop loop, int layers) {
    this.loop = loop;
    this.layers = layers;
  }

  @Override
  public int wantedLayers() {
    return layers;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void onJoined(RtpHistory delivered) {
    history = delivered;
    got.add("joined");
  }

  @Override
  public void onPackets(RtpPacket[] packets, int count) {
    for (int i = 0; i < count; i++) {
      got.add(text(packets[i]));
    }
    onGot.run();
  }

  @Override
  public void onSourceChanged() {
    got.add("changed");
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    got.add("end " + code.label());
  }

  /** How a packet is told: its kind, its number, and whether it is a keyframe. */
  static String text(RtpPacket packet) {
    boolean audio = packet.track().index() == 1;
    return (audio ? "a" : "v") + packet.sequence() + (packet.keyframe() && !audio ? "k" : "");
  }
}
