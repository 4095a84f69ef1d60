package live.sluice.rtc.whip;

import java.util.List;
import live.sluice.media.StreamKey;
import live.sluice.rtc.ice.HostAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to publish or to play.
 *
 * @param key the stream
 * @param offer the SDP offer, as it came; at most {@link RtcSessions#MAX_SDP_CHARS} characters
 * @param client who asks
 * @param externalAddresses addresses of this node that the answer is to announce in place of its own, as the client
 *     knows how the node is reached: {@code ?eip=}; a few at most, often none
 * @param layer the simulcast layer (rid) that a player wants and no other, {@code ?layer=}; null: what its bandwidth
 *     allows
 */
public record RtcRequest(
    StreamKey key, String offer, RtcClient client, List<HostAddress> externalAddresses, @Nullable String layer) {

  /** Keeps the list as it is now. */
  public RtcRequest {
    externalAddresses = List.copyOf(externalAddresses);
  }
}
