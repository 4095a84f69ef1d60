package live.sluice.rtmp;

import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/** Writes down what a client plays: kind, time, flags and a hash of each frame. */
final class Recorder implements RtmpPlay.Listener {
  final List<String> frames = new CopyOnWriteArrayList<>();
  volatile boolean started;
  volatile ErrorCode ended;
  volatile String why = "";

  static String text(Frame frame) {
    return frame.kind().name().charAt(0)
        + "" + frame.dts() + (frame.config() ? "c" : frame.keyframe() ? "k" : "")
        + "/" + frame.compositionOffset()
        + "/" + Arrays.hashCode(ByteBufUtil.getBytes(frame.payload()));
  }

  @Override
  public void started() {
    started = true;
  }

  @Override
  public void frame(Frame frame) {
    frames.add(text(frame));
    frame.release();
  }

  @Override
  public void ended(ErrorCode code, String reason) {
    why = reason;
    ended = code;
  }
}
