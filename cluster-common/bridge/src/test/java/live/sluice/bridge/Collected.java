package live.sluice.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** What a bridge gave out, and the loop it runs on, which the test runs. */
final class Collected implements RtpOutput, FrameOutput, Executor {
  final List<List<RtpTrack>> tracks = new ArrayList<>();
  final List<RtpPacket> packets = new ArrayList<>();
  final List<Frame> frames = new ArrayList<>();
  final List<String> refusals = new ArrayList<>();
  final List<String> leftOut = new ArrayList<>();
  int keyframesNeeded;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs what waits for the loop; always true. */
  boolean run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    return true;
  }

  @Override
  public void onTracks(List<RtpTrack> now) {
    tracks.add(now);
  }

  @Override
  public void onPacket(RtpPacket packet) {
    packets.add(packet);
  }

  @Override
  public void onRefused(ErrorCode code, String why) {
    refusals.add(code + " " + why);
  }

  @Override
  public void onFrame(Frame frame) {
    frames.add(frame);
  }

  @Override
  public void onKeyframeNeeded(int layer) {
    keyframesNeeded++;
  }

  @Override
  public void onTrackLeftOut(RtpTrack track, String why) {
    leftOut.add(why);
  }

  List<RtpPacket> packetsOf(MediaKind kind) {
    return packets.stream().filter(packet -> packet.track().kind() == kind).toList();
  }

  List<Frame> framesOf(MediaKind kind) {
    return frames.stream().filter(frame -> frame.kind() == kind).toList();
  }

  void release() {
    run();
    packets.forEach(RtpPacket::release);
    packets.clear();
    frames.forEach(Frame::release);
    frames.clear();
  }
}
