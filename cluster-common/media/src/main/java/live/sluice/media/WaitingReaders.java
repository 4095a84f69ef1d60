package live.sluice.media;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Readers that came before a stream's tracks were known, in the order they came. On the stream's loop; readers are ended on
 * their own.
 */
final class WaitingReaders {

  private record Waiting(Reader reader, long sinceMs) {}

  private final List<Waiting> waiting = new ArrayList<>();

  void add(Reader reader, long nowMs) {
    waiting.add(new Waiting(reader, nowMs));
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether one that has not left has waited for longer than {@code ms}. */
  boolean anyFor(long ms, long nowMs) {
    for (int i = 0; i < waiting.size(); i++) {
      if (!waiting.get(i).reader().isClosed() && nowMs - waiting.get(i).sinceMs() > ms) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of those that have left, and ends those that have waited for longer than {@code limit}. */
  void expire(Duration limit, long nowMs) {
    for (Iterator<Waiting> it = waiting.iterator(); it.hasNext(); ) {
      Waiting w = it.next();
      if (w.reader().isClosed()) {
        it.remove();
      } else if (nowMs - w.sinceMs() > limit.toMillis()) {
        it.remove();
        end(w.reader(), ErrorCode.STREAM_NOT_FOUND, "nobody published it within " + limit.toSeconds() + " s");
      }
    }
  }

  /** Ends all of them. */
  void end(ErrorCode code, String why) {
    leave(reader -> end(reader, code, why));
  }

  /** Hands all of them over; none waits any more. */
  void leave(Consumer<Reader> to) {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    for (Waiting w : all) {
      to.accept(w.reader());
    }
  }

  private static void end(Reader reader, ErrorCode code, String why) {
    EventLoop home = reader.sink().loop();
    if (home.inEventLoop()) {
      reader.end(code, why);
    } else if (!home.isShuttingDown()) {
      home.execute(() -> reader.end(code, why));
    }
  }
}
