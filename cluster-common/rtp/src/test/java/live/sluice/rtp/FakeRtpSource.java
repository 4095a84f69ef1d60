package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;

/** A publisher that writes down what it is asked for and told. */
final class FakeRtpSource implements RtpSource {
  int asked;
  boolean heeds = true;
  final List<String> ended = new ArrayList<>();
  final List<Integer> layers = new ArrayList<>();

  @Override
  public void requestKeyframe(int layer) {
    asked++;
  }

  @Override
  public void wantLayers(int mask) {
    layers.add(mask);
  }

  @Override
  public boolean heedsRequests() {
    return heeds;
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    ended.add(code.label());
  }
}
