package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Readers that came while a stream had no source, or what the source brought had come by another way before: what is passed
 * over for the others is their beginning. On the stream's loop.
 */
final class LateReaders {
  private final List<RtpReader> late = new ArrayList<>();

  void add(RtpReader reader) {
    late.add(reader);
  }

  void remove(RtpReader reader) {
    late.remove(reader);
  }

  /** They are as the others are. */
  void clear() {
    late.clear();
  }

  /** Something new comes next: gives them what was kept of before. */
  void begin(KeyframeSupply keyframes, RtpSource source, RtpReaders readers) {
    for (RtpReader reader : late) {
      RtpBatch first = keyframes.beginning(source, false);
      if (first == null) {
        keyframes.request(0);
      } else {
        readers.give(reader, first);
      }
    }
    late.clear();
  }

  boolean isEmpty() {
    return late.isEmpty();
  }
}
