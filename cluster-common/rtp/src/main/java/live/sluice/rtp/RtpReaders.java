package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/** The readers of a stream's packets, by the loops that they live on. On the stream's loop. */
final class RtpReaders {
  private final RtpStream stream;
  private final List<RtpLeg> legs = new ArrayList<>();

  /** None yet. */
  RtpReaders(RtpStream stream) {
    this.stream = stream;
  }

  boolean isEmpty() {
    return legs.isEmpty();
  }

  /** Adds one, with what it begins with; null where it begins with what comes. */
  void add(RtpReader reader, @Nullable RtpBatch first) {
    RtpLeg leg = of(reader.loop());
    if (leg == null) {
      leg = new RtpLeg(stream, reader.loop());
      legs.add(leg);
    }
    leg.admit(reader, first);
  }

  /** Gives one of them what it has missed; takes over the references. */
  void give(RtpReader reader, RtpBatch batch) {
    RtpLeg leg = of(reader.loop());
    if (leg == null) {
      batch.release();
    } else {
      leg.give(reader, batch);
    }
  }

  /** Tells one that can't be added, on its own loop. */
  static void refuse(RtpReader reader, SluiceException why) {
    Runnable told = () -> reader.onEnd(why.code(), String.valueOf(why.getMessage()));
    if (reader.loop().inEventLoop()) {
      told.run();
    } else if (!reader.loop().isShuttingDown()) {
      reader.loop().execute(told);
    }
  }

  /** Takes one away; false where it was not there. */
  boolean remove(RtpReader reader) {
    RtpLeg leg = of(reader.loop());
    if (leg == null || !leg.remove(reader)) {
      return false;
    }
    if (leg.members().isEmpty()) {
      legs.remove(leg);
      leg.dispose(ErrorCode.OK, "");
    }
    return true;
  }

  private @Nullable RtpLeg of(EventLoop loop) {
    for (int i = 0; i < legs.size(); i++) {
      if (legs.get(i).loop() == loop) {
        return legs.get(i);
      }
    }
    return null;
  }

  void append(RtpPacket packet) {
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).append(packet);
    }
  }

  /** They get what was appended. Backwards: one that leaves on getting it may take its leg out of the list. */
  void flush() {
    for (int i = legs.size() - 1; i >= 0; i = Math.min(i, legs.size()) - 1) {
      legs.get(i).flush();
    }
  }

  void sourceChanged() {
    // A reader may leave on hearing it.
    List.copyOf(legs).forEach(RtpLeg::sourceChanged);
  }

  /** Ends all of them; {@code each} is given them before. */
  void end(ErrorCode code, String why, Consumer<RtpReader> each) {
    List<RtpLeg> all = List.copyOf(legs);
    legs.clear();
    all.forEach(leg -> leg.members().forEach(each));
    all.forEach(leg -> leg.dispose(code, why));
  }
}
