package live.sluice.pull.packets;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.RtpSource;

/** A source of packets that writes down what is asked of it. */
final class FakeSource implements RtpSource {
  private final List<String> asked = new ArrayList<>();

  /** What it was asked for since the last call. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  @Override
  public void requestKeyframe(int layer) {
    asked.add("keyframe of " + layer);
  }

  @Override
  public boolean heedsRequests() {
    return true;
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    asked.add("end " + code);
  }
}
