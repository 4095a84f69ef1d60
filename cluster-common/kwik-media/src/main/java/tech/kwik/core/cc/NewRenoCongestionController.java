/*
 * This file replaces a class of kwik, an implementation of QUIC by Peter Doornbosch (https://github.com/ptrd/kwik), and is
 * under the same licence as kwik: the GNU Lesser General Public License, version 3 or later. It comes without any warranty.
 * See the file NOTICE of this module.
 */
package tech.kwik.core.cc;

import java.util.List;
import tech.kwik.core.log.Logger;
import tech.kwik.core.packet.PacketInfo;
import tech.kwik.core.packet.QuicPacket;
import tech.kwik.core.send.SendRequestQueue;

/**
 * A congestion controller for datagrams of media, under the name of the one that kwik makes for each connection. How much
 * is sent is the affair of those who send, who know which pictures may be left out; this one only keeps a connection from
 * filling a way that is broken.
 *
 * <p>The window begins at {@value #LEAST} bytes, grows by a quarter in each round in which half of it was in flight, up to
 * {@value #MOST}, and shrinks to seven tenths after a round in which more than a tenth was lost. A round is {@value
 * #ROUND_NANOS} ns. Random loss of some percent, which radio and far ways always have, does not count.
 *
 * <p>NewReno's window grows only when it is filled to its last bytes, which datagrams never do, so that it only shrinks:
 * at 40 ms each way 13 % of a stream came through that lost nothing.
 */
public final class NewRenoCongestionController implements CongestionController {
  /** Least window, in bytes: 10 Mb/s at a round trip of 200 ms. */
  public static final long LEAST = 256 << 10;

  /** Largest window, in bytes. */
  public static final long MOST = 8 << 20;

  static final long ROUND_NANOS = 100_000_000L;

  /** A round with less than these packets says nothing about loss. */
  private static final int FEW = 20;

  /** Room for less than one packet: the sender stands still until some are acknowledged. */
  private static final int ONE_PACKET = 1500;

  private final CongestionControlEventListener listener;
  private final SendRequestQueue queue;
  private volatile long inFlight;
  private volatile long window = LEAST;
  private long mostInFlight;
  private int acked;
  private int lost;
  private long roundStart;
  private boolean begun;

  /** Called by kwik's sender, after it has made its queues. */
  public NewRenoCongestionController(Logger log, CongestionControlEventListener listener) {
    this.listener = listener;
    this.queue = SendRequestQueue.madeLastByThisThread();
  }

  /** The queue of the connection whose controller this is. */
  public SendRequestQueue queue() {
    return queue;
  }

  @Override
  public synchronized void registerInFlight(QuicPacket packet) {
    inFlight += packet.getSize();
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  @Override
  public synchronized void registerAcked(List<? extends PacketInfo> packets) {
    acked += packets.size();
    land(packets);
    endRound(System.nanoTime());
  }

  @Override
  public synchronized void registerLost(List<? extends PacketInfo> packets) {
    lost += packets.size();
    land(packets);
    endRound(System.nanoTime());
  }

  @Override
  public synchronized void discard(List<? extends PacketInfo> packets) {
    land(packets);
  }

  private void land(List<? extends PacketInfo> packets) {
    long bytes = 0;
    for (int i = 0; i < packets.size(); i++) {
      bytes += packets.get(i).packet().getSize();
    }
    boolean stood = window - inFlight < ONE_PACKET;
    inFlight = Math.max(0, inFlight - bytes);
    if (stood) {
      listener.bytesInFlightDecreased(inFlight);
    }
  }

  /** In the clock's ns; for tests. */
  void endRound(long now) {
    if (!begun) {
      begun = true;
      roundStart = now;
      return;
    }
    if (now - roundStart < ROUND_NANOS) {
      return;
    }
    int seen = acked + lost;
    if (seen >= FEW && lost * 10L > seen) {
      window = Math.max(LEAST, window * 7 / 10);
    } else if (mostInFlight * 2 >= window) {
      window = Math.min(MOST, window + window / 4);
    }
    roundStart = now;
    mostInFlight = inFlight;
    acked = 0;
    lost = 0;
  }

  @Override
  public boolean canSend(int bytes) {
    return inFlight + bytes < window;
  }

  @Override
  public long getBytesInFlight() {
    return inFlight;
  }

  @Override
  public long getWindowSize() {
    return window;
  }

  @Override
  public long remainingCwnd() {
    long remaining = window - inFlight;
    if (remaining < ONE_PACKET) {
      queue.endOfTrain();
    }
    return remaining;
  }

  @Override
  public synchronized void reset() {
    inFlight = 0;
    listener.bytesInFlightDecreased(0);
  }
}
