package live.sluice.hop.media.send;

import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.media.MediaKind;

/**
 * A flow: the packets of one track's layer on one link.
 *
 * @param flowId names it on this link, from 1 to 2^30 - 1; not used again for another flow while the link lasts
 * @param kind sound goes before all else, and is never left out
 * @param layer simulcast layer, from 0, the least; the highest are left out first
 */
public record FlowSpec(int flowId, MediaKind kind, int layer) {
  /** Refuses an id that can't be written. */
  public FlowSpec {
    if (!MediaHeader.isFlowId(flowId)) {
      throw new IllegalArgumentException("no flow id: " + flowId);
    }
  }
}
