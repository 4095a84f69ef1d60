package live.sluice.hop.media.receive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.hop.media.RepairTimes;
import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.hop.media.wire.MediaTime;
import live.sluice.hop.media.wire.NackWriter;
import live.sluice.rtp.receive.RateMeter;
import org.jspecify.annotations.Nullable;

/**
 * What came of one flow, and what is missing. Datagrams have numbers from 0 on, of which 16 bits are sent; one that seems
 * to be far behind, but was sent later than the newest, is far ahead, after an outage.
 */
final class FlowReceiver {
  /** So many before the first that comes are asked for: they were sent while the flow was not open here yet. */
  private static final int MOST_BEFORE_FIRST = 256;

  private static final int SEQUENCES = 1 << 16;

  private final int id;
  private final Deliver deliver;
  private final LinkArrivals link;
  private final ReceivedWindow window = new ReceivedWindow();
  private final MissingPackets missing = new MissingPackets();
  private final RateMeter rate = new RateMeter();
  private final DelayHistogram delays = new DelayHistogram();
  private @Nullable Fragments fragments;
  private long fragmentsExpired;
  private int newestSendTime;
  private long activeAt;
  private boolean gaveUp;

  private long received;
  private long bytes;
  private long lost;
  private long repaired;
  private long duplicates;
  private long late;
  private long reordered;
  private long droppedFragments;

  FlowReceiver(int id, Deliver deliver, LinkArrivals link, long now) {
    this.id = id;
    this.deliver = deliver;
    this.link = link;
    activeAt = now;
    fragmentsExpired = now;
  }

  int id() {
    return id;
  }

  ReceivedWindow window() {
    return window;
  }

  MissingPackets missing() {
    return missing;
  }

  /** When something came last, or it was opened. */
  long activeAt() {
    return activeAt;
  }

  int heldFragments() {
    return fragments == null ? 0 : fragments.held();
  }

  long droppedFragments() {
    return droppedFragments;
  }

  /** Takes a datagram whose header was read. */
  void onDatagram(MediaHeader header, byte[] datagram, ByteBufAllocator allocator, long roundTrip, long now) {
    boolean again = header.has(MediaHeader.RETRANSMISSION);
    long number = numberOf(header, again);
    if (number > window.highest()) {
      advance(number, header.sendTime(), again, roundTrip, now);
    } else if (!window.reaches(number) || window.has(number)) {
      duplicates++;
      return;
    } else {
      window.mark(number);
      onFound(number, again, now);
    }
    activeAt = now;
    received++;
    bytes += datagram.length;
    rate.add(datagram.length, now);
    if (!again) {
      link.arrived++;
      link.transit.add(header.sendTime(), now);
    }
    long delay = link.transit.aboveLeast(header.sendTime(), now);
    delays.add(delay, now);
    late += delay > RepairTimes.deadline(roundTrip) ? 1 : 0;
    handOn(number, header, datagram, allocator, now);
    tellLost();
  }

  /** Last of all: what it is told to may close the flow. */
  private void tellLost() {
    if (gaveUp) {
      gaveUp = false;
      deliver.lost();
    }
  }

  private long numberOf(MediaHeader header, boolean again) {
    long highest = window.highest();
    int ahead = (short) (header.sequence() - (int) highest);
    boolean newer = MediaTime.difference(header.sendTime(), newestSendTime) > 0;
    if (highest < 0) {
      return header.sequence();
    }
    return ahead <= -ReceivedWindow.SIZE && newer && !again ? highest + ahead + SEQUENCES : highest + ahead;
  }

  private void advance(long number, int sendTime, boolean again, long roundTrip, long now) {
    long highest = window.highest();
    long gap = number - highest - 1;
    long wanted = Math.min(gap, MissingPackets.MOST - missing.size());
    if (highest < 0) {
      wanted = Math.min(wanted, MOST_BEFORE_FIRST);
      gap = wanted;
    } else if (gap > 0) {
      wanted = Math.min(wanted, withinDeadline(gap, sendTime, roundTrip));
    }
    for (long i = number - wanted; i < number; i++) {
      missing.add(i, now);
    }
    lost += gap;
    if (wanted < gap) {
      gaveUp = true;
    }
    if (highest >= 0 && !link.wasAwaySince(activeAt)) {
      link.expected += gap;
    }
    if (again) {
      lost++; // and it is found at once
      repaired++;
    } else {
      newestSendTime = sendTime;
    }
    link.expected++;
    window.advance(number);
  }

  /** How many of the last of a gap were sent so lately that the sender will send them again. */
  private long withinDeadline(long gap, int sendTime, long roundTrip) {
    long span = MediaTime.difference(sendTime, newestSendTime) * MediaTime.TICK_NANOS;
    long deadline = RepairTimes.deadline(roundTrip);
    return span <= deadline ? gap : Math.max(1, (long) ((double) gap * deadline / span));
  }

  private void onFound(long number, boolean again, long now) {
    int i = missing.find(number);
    if (again) {
      repaired++;
    } else {
      lost--;
      reordered++;
      if (i >= 0) {
        link.overtaken(now - missing.noted(i));
      }
    }
    if (i >= 0) {
      missing.remove(i, 1);
    }
  }

  private void handOn(long number, MediaHeader header, byte[] datagram, ByteBufAllocator allocator, long now) {
    ByteBuf packet;
    if (header.has(MediaHeader.FIRST) && header.has(MediaHeader.LAST)) {
      int length = datagram.length - header.length();
      packet = allocator.buffer(length).writeBytes(datagram, header.length(), length);
    } else {
      packet = join(number, header, datagram, allocator, now);
    }
    if (packet != null) {
      deliver.packet(packet, header.has(MediaHeader.KEYFRAME), header.has(MediaHeader.MARKER), now);
    }
  }

  private @Nullable ByteBuf join(
      long number, MediaHeader header, byte[] datagram, ByteBufAllocator allocator, long now) {
    Fragments held = fragments;
    if (held == null) {
      held = new Fragments();
      fragments = held;
    }
    droppedFragments += held.add(number, datagram, header.length(), header.flags(), now);
    return held.take(number, allocator);
  }

  /**
   * Asks for what is due.
   *
   * @return false where the request is full: send it, and call again
   */
  boolean ask(NackWriter nack, long roundTrip, long now) {
    long repeat = RepairTimes.repeat(roundTrip, link.transit.queueing());
    long lastAsk = RepairTimes.deadline(roundTrip) - roundTrip;
    for (int i = 0; i < missing.size(); i++) {
      boolean due =
          missing.wasAsked(i)
              ? now - missing.asked(i) >= repeat && now - missing.noted(i) <= lastAsk
              : now - missing.noted(i) >= link.tolerance();
      if (due) {
        if (!nack.add(id, (int) missing.number(i) & 0xffff)) {
          return false;
        }
        missing.ask(i, now);
      }
    }
    return true;
  }

  /** Gives up what is too old. */
  void expire(long roundTrip, long now) {
    long deadline = RepairTimes.deadline(roundTrip);
    int count = 0;
    while (count < missing.size() && now - missing.noted(count) > deadline) {
      count++;
    }
    if (count > 0) {
      missing.remove(0, count);
      gaveUp = true;
    }
    if (fragments != null && fragments.held() > 0 && now - fragmentsExpired >= deadline / 2) {
      fragmentsExpired = now;
      droppedFragments += fragments.expire(now - 2 * deadline);
    }
    tellLost();
  }

  ReceivedStatistics statistics(long now) {
    return new ReceivedStatistics(
        received,
        bytes,
        lost,
        repaired,
        lost - repaired - missing.size(),
        missing.size(),
        duplicates,
        late,
        reordered,
        rate.bitsPerSecond(now),
        delays.quantile(0.5, now),
        delays.quantile(0.99, now),
        link.transit.leastNanos());
  }
}
