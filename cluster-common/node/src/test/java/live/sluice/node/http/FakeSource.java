package live.sluice.node.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.RtpSource;

/** A publisher of packets that writes down what it is asked for. */
final class FakeSource implements RtpSource {
  final List<String> asked = new CopyOnWriteArrayList<>();

  @Override
  public void requestKeyframe(int layer) {
    asked.add("keyframe of " + layer);
  }

  @Override
  public boolean heedsRequests() {
    return true;
  }

  @Override
  public void onEnd(ErrorCode code, String why) {}
}
