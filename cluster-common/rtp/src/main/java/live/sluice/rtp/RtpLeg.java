package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * The readers of a stream's packets that live on one event loop. The stream's loop gathers what was read at one moment
 * and hands it over in one task; where the readers' loop is late, batches grow in place of a queue of tasks. What was
 * delivered lately is kept on the readers' loop, so that a lost packet is sent again without asking anybody. Fields say
 * which loop owns them.
 */
final class RtpLeg implements RtpHistory {
  private static final int VIDEO_HISTORY = 512;
  private static final int MOST_VIDEO_HISTORY = 8192;
  private static final int AUDIO_HISTORY = 64;
  private static final int MOST_AUDIO_HISTORY = 512;

  private final RtpStream stream;
  private final EventLoop loop;

  // The stream's loop.
  private RtpBatch filling = new RtpBatch();
  private RtpBatch resting = new RtpBatch();
  private final Set<RtpReader> members = Collections.newSetFromMap(new IdentityHashMap<>());

  // Both.
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean late;

  // The readers' loop.
  private final List<RtpReader> readers = new ArrayList<>();
  private final Map<Integer, PacketHistory> histories = new HashMap<>();
  private boolean dead;

  RtpLeg(RtpStream stream, EventLoop loop) {
    this.stream = stream;
    this.loop = loop;
  }

  EventLoop loop() {
    return loop;
  }

  // ---- on the stream's loop ----

  void append(RtpPacket packet) {
    filling.add(packet);
  }

  void flush() {
    if (filling.isEmpty()) {
      return;
    }
    if (inFlight.get() > 0) {
      late = true;
      if (inFlight.get() > 0) {
        return; // whoever ends what is in flight sees that more waits
      }
      late = false;
    }
    RtpBatch batch = filling;
    filling = resting;
    resting = batch;
    handOver(batch);
  }

  private void flushInOrder() {
    if (!filling.isEmpty()) {
      RtpBatch batch = filling;
      filling = new RtpBatch();
      handOver(batch);
    }
  }

  private void handOver(RtpBatch batch) {
    inFlight.incrementAndGet();
    run(
        () -> deliver(batch),
        () -> {
          batch.release();
          inFlight.decrementAndGet();
        });
  }

  /**
   * Adds a reader.
   *
   * @param first what it begins with, to which this holds references; null where it begins with what comes
   */
  void admit(RtpReader reader, @Nullable RtpBatch first) {
    members.add(reader);
    flushInOrder();
    run(
        () -> {
          readers.add(reader);
          reader.onJoined(this);
          if (first != null) {
            remember(first);
            reader.onPackets(first.packets(), first.count());
            first.release();
          }
        },
        () -> {
          if (first != null) {
            first.release();
          }
        });
  }

  /** Gives one of its readers what the others have; takes over the references. */
  void give(RtpReader reader, RtpBatch batch) {
    flushInOrder();
    run(
        () -> {
          remember(batch);
          if (readers.contains(reader)) {
            reader.onPackets(batch.packets(), batch.count());
          }
          batch.release();
        },
        batch::release);
  }

  /** Takes a reader away; whether it was there. */
  boolean remove(RtpReader reader) {
    if (!members.remove(reader)) {
      return false;
    }
    run(() -> readers.remove(reader), () -> {});
    return true;
  }

  /** The readers there are, in no order. */
  Set<RtpReader> members() {
    return members;
  }

  void sourceChanged() {
    flushInOrder();
    run(
        () -> {
          clear();
          for (int i = readers.size() - 1; i >= 0; i = Math.min(i, readers.size()) - 1) {
            readers.get(i).onSourceChanged();
          }
        },
        this::clear);
  }

  void dispose(ErrorCode code, String why) {
    flushInOrder();
    run(
        () -> {
          List<RtpReader> all = List.copyOf(readers);
          readers.clear();
          dead = true;
          clear();
          for (RtpReader reader : all) {
            reader.onEnd(code, why);
          }
        },
        this::clear);
  }

  private void run(Runnable task, Runnable otherwise) {
    if (loop == stream.loop()) {
      task.run();
    } else if (loop.isShuttingDown()) {
      otherwise.run();
    } else {
      loop.execute(task);
    }
  }

  // ---- on the readers' loop ----

  private void deliver(RtpBatch batch) {
    try {
      if (!dead) {
        remember(batch);
        // Backwards: a reader that ends leaves the list.
        for (int i = readers.size() - 1; i >= 0; i = Math.min(i, readers.size()) - 1) {
          readers.get(i).onPackets(batch.packets(), batch.count());
        }
      }
    } finally {
      batch.release();
      inFlight.decrementAndGet();
      if (late) {
        late = false;
        stream.run(this::flush);
      }
    }
  }

  private void remember(RtpBatch batch) {
    long now = stream.nanos();
    RtpPacket[] packets = batch.packets();
    for (int i = 0; i < batch.count(); i++) {
      history(packets[i].track(), packets[i].layer()).add(packets[i], now);
    }
  }

  private PacketHistory history(RtpTrack track, int layer) {
    Integer key = track.index() * RtpStream.MAX_LAYERS + layer;
    PacketHistory history = histories.get(key);
    if (history == null) {
      boolean video = track.kind() == MediaKind.VIDEO;
      history =
          new PacketHistory(
              video ? VIDEO_HISTORY : AUDIO_HISTORY,
              video ? MOST_VIDEO_HISTORY : MOST_AUDIO_HISTORY,
              stream.historyNanos());
      histories.put(key, history);
    }
    return history;
  }

  @Override
  public @Nullable RtpPacket find(int track, int layer, int sequence) {
    PacketHistory history = histories.get(track * RtpStream.MAX_LAYERS + layer);
    return history == null ? null : history.find(sequence, stream.nanos());
  }

  private void clear() {
    histories.values().forEach(PacketHistory::clear);
    histories.clear();
  }
}
