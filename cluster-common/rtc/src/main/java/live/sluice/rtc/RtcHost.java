package live.sluice.rtc;

import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** The node, as WebRTC wants to know it. Thread-safe. */
public interface RtcHost {
  /** The node that publishers of that stream are sent to; null where they may stay here. */
  @Nullable NodeInfo publishElsewhere(StreamKey key);

  /** Whether somebody publishes that stream, as far as is known here, or may do so: it is worth a pull. */
  boolean mayHave(StreamKey key);
}
