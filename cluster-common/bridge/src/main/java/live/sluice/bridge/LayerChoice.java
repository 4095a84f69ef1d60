package live.sluice.bridge;

/**
 * Which layer of a simulcast publish becomes frames: the highest one that is sent. It goes up at a higher layer's
 * keyframe, and down at a lower layer's when nothing came of its own for a second. Not thread-safe.
 */
final class LayerChoice {
  private static final long SILENT_NANOS = 1_000_000_000;

  private int layer = -1;
  private long lastNanos;

  /** The layer that is taken; 0 before the first packet. */
  int layer() {
    return Math.max(0, layer);
  }

  /** Whether the choice becomes this packet's layer, and was another one before. */
  boolean changes(int packetLayer, boolean keyframe, long nowNanos) {
    if (packetLayer == layer) {
      lastNanos = nowNanos;
      return false;
    }
    boolean silent = nowNanos - lastNanos > SILENT_NANOS;
    if (layer >= 0 && !(keyframe && (packetLayer > layer || silent))) {
      return false;
    }
    boolean another = layer >= 0;
    layer = packetLayer;
    lastNanos = nowNanos;
    return another;
  }
}
