package live.sluice.rtc;

import java.util.concurrent.atomic.LongAdder;

/** What the sockets and peers of a node count. From any thread. */
public final class RtcCounters {
  final LongAdder strangers = new LongAdder();
  final LongAdder socketErrors = new LongAdder();
  final LongAdder receivedDatagrams = new LongAdder();
  final LongAdder sentDatagrams = new LongAdder();
  final LongAdder sends = new LongAdder();
  final LongAdder trains = new LongAdder();
  final LongAdder unauthenticated = new LongAdder();
  final LongAdder resent = new LongAdder();

  /** Datagrams of addresses that proved nothing, which were dropped. */
  public long strangers() {
    return strangers.sum();
  }

  /** Errors that the system told of a UDP socket. */
  public long socketErrors() {
    return socketErrors.sum();
  }

  /** Datagrams sent. */
  public long sentDatagrams() {
    return sentDatagrams.sum();
  }

  /** Messages handed to the system: fewer than datagrams, where several went as one. */
  public long sends() {
    return sends.sum();
  }

  /** Messages that were several datagrams. */
  public long trains() {
    return trains.sum();
  }

  /** Packets that SRTP could not take: forged, damaged or replayed. */
  public long unauthenticated() {
    return unauthenticated.sum();
  }

  /** Packets sent once more for players that lost them. */
  public long resent() {
    return resent.sum();
  }
}
