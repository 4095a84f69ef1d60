package live.sluice.rtp;

import java.util.IdentityHashMap;

/**
 * Which simulcast layers of a stream somebody has a use for: what its source, where that is another node, need not send
 * otherwise. On the stream's loop.
 */
final class WantedLayers {
  private final IdentityHashMap<RtpReader, Integer> masks = new IdentityHashMap<>();
  private final int[] readers = new int[RtpStream.MAX_LAYERS];
  private int told = RtpReader.ALL_LAYERS;

  /** Another source, which sends everything until it is told. */
  void sourceChanged() {
    told = RtpReader.ALL_LAYERS;
  }

  /** A reader came, or wants others than before: bit n for layer n. */
  void set(RtpReader reader, int mask) {
    remove(reader);
    masks.put(reader, mask);
    count(mask, 1);
  }

  /** A reader left. */
  void remove(RtpReader reader) {
    Integer mask = masks.remove(reader);
    if (mask != null) {
      count(mask, -1);
    }
  }

  /** Whether any reader wants that layer. */
  boolean wants(int layer) {
    return readers[layer] > 0;
  }

  /** Whether that reader is there. */
  boolean has(RtpReader reader) {
    return masks.containsKey(reader);
  }

  private void count(int mask, int by) {
    for (int layer = 0; layer < readers.length; layer++) {
      if ((mask & 1 << layer) != 0) {
        readers[layer] += by;
      }
    }
  }

  /**
   * Tells the source what is wanted now, where that is not what it was told last. Without readers it is left at that:
   * whoever comes next finds the stream as it was.
   *
   * @param further what is wanted besides, by others than readers
   */
  void tell(RtpSource source, int further) {
    int mask = further;
    for (int layer = 0; layer < readers.length; layer++) {
      if (readers[layer] > 0) {
        mask |= 1 << layer;
      }
    }
    if (mask != 0 && mask != told) {
      told = mask;
      source.wantLayers(mask);
    }
  }
}
