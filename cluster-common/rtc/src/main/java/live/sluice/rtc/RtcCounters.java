package live.sluice.rtc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the sockets and peers of a node count; {@link RtcTotals} says what each is. From any thread. */
final class RtcCounters {
  final LongAdder receivedDatagrams = new LongAdder();
  final LongAdder strangers = new LongAdder();
  final LongAdder unauthenticated = new LongAdder();
  final LongAdder sentDatagrams = new LongAdder();
  final LongAdder singles = new LongAdder();
  final LongAdder trains = new LongAdder();
  final LongAdder resent = new LongAdder();
  final LongAdder socketErrors = new LongAdder();
  final LongAdder overrun = new LongAdder();
  final LongAdder unsentByUdp = new LongAdder();
  final LongAdder unsentByTcp = new LongAdder();
  final AtomicInteger connections = new AtomicInteger();
  final LongAdder refusedConnections = new LongAdder();
}
