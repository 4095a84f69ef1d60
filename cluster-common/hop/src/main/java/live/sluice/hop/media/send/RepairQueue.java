package live.sluice.hop.media.send;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers of datagrams that are to be sent again, first in first out, each with the time before which it is not sent. */
final class RepairQueue {
  private static final int FIRST_SIZE = 64;

  private @Nullable FlowSender[] flows = new @Nullable FlowSender[FIRST_SIZE];
  private long[] numbers = new long[FIRST_SIZE];
  private long[] due = new long[FIRST_SIZE];
  private int head;
  private int size;

  void add(FlowSender flow, long number, long dueNanos) {
    if (size == flows.length) {
      grow();
    }
    int slot = (head + size++) & (flows.length - 1);
    flows[slot] = flow;
    numbers[slot] = number;
    due[slot] = dueNanos;
  }

  private void grow() {
    @Nullable FlowSender[] oldFlows = flows;
    long[] oldNumbers = numbers;
    long[] oldDue = due;
    flows = new @Nullable FlowSender[2 * size];
    numbers = new long[2 * size];
    due = new long[2 * size];
    for (int i = 0; i < size; i++) {
      int from = (head + i) & (size - 1);
      flows[i] = oldFlows[from];
      numbers[i] = oldNumbers[from];
      due[i] = oldDue[from];
    }
    head = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether there is a first one, and its time has come. */
  boolean isDue(long now) {
    return size > 0 && now - due[head] >= 0;
  }

  /** The first one's flow; only where there is one. */
  FlowSender flow() {
    return Objects.requireNonNull(flows[head]);
  }

  /** The first one's number; only where there is one. */
  long number() {
    return numbers[head];
  }

  void remove() {
    flows[head] = null;
    head = (head + 1) & (flows.length - 1);
    size--;
  }
}
