package live.sluice.pull;

import java.util.function.BiConsumer;
import live.sluice.media.ErrorCode;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpSource;

/**
 * A pulled stream of packets as its readers can ask of it: what they ask goes to the owner.
 *
 * @param onEnded told when the stream has no use for it any more
 */
record PulledPackets(boolean heedsRequests, PacketRequests requests, BiConsumer<ErrorCode, String> onEnded)
    implements RtpSource {

  @Override
  public void requestKeyframe(int layer) {
    requests.requestKeyframe(layer);
  }

  @Override
  public void wantLayers(int mask) {
    requests.wantLayers(mask);
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    onEnded.accept(code, why);
  }
}
