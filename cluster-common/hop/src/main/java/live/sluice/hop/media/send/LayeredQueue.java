package live.sluice.hop.media.send;

import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Packets of one class that wait for room: those of lower layers first, of one layer first in first out. */
final class LayeredQueue {
  /** Layers above share the last queue: no publisher of ours sends more. */
  private static final int LAYERS = 4;

  private final PacketQueue[] queues = new PacketQueue[LAYERS];

  LayeredQueue() {
    for (int i = 0; i < LAYERS; i++) {
      queues[i] = new PacketQueue();
    }
  }

  boolean isEmpty() {
    return isEmptyUpTo(LAYERS - 1);
  }

  /** Whether nothing waits that goes before what is added of that layer. */
  boolean isEmptyUpTo(int layer) {
    for (int i = 0; i < LAYERS && i <= layer; i++) {
      if (!queues[i].isEmpty()) {
        return false;
      }
    }
    return true;
  }

  long bytes() {
    long sum = 0;
    for (int i = 0; i < LAYERS; i++) {
      sum += queues[i].bytes();
    }
    return sum;
  }

  /** Adds a packet, and retains it. */
  void add(FlowSender flow, RtpPacket packet, long now) {
    queueOf(flow).add(flow, packet, now);
  }

  /** The queue of which the first packet goes first; only where there is one. */
  PacketQueue first() {
    int layer = 0;
    while (queues[layer].isEmpty()) {
      layer++;
    }
    return queues[layer];
  }

  /** Flow of a packet that waits longer than that, null where none does. */
  @Nullable FlowSender waitsSince(long before) {
    for (int i = 0; i < LAYERS; i++) {
      if (!queues[i].isEmpty() && queues[i].since() - before < 0) {
        return queues[i].flow();
      }
    }
    return null;
  }

  /** Drops a flow's packets: see {@link PacketQueue#drop}. */
  int drop(FlowSender flow, boolean all) {
    return queueOf(flow).drop(flow, all);
  }

  private PacketQueue queueOf(FlowSender flow) {
    return queues[Math.clamp(flow.layer(), 0, LAYERS - 1)];
  }
}
