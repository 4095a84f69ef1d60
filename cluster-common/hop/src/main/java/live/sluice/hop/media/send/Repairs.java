package live.sluice.hop.media.send;

import io.netty.util.collection.IntObjectMap;
import live.sluice.hop.media.RepairTimes;
import live.sluice.hop.media.wire.FeedbackReader;
import live.sluice.hop.media.wire.MediaTime;
import live.sluice.hop.media.wire.NackReader;

/**
 * What is sent again: what the other side asks for, and what its reports show to be lost, so that a request that is lost
 * costs the time to the next report. The same datagram is not sent again before the last one could have shown up.
 */
final class Repairs {
  /** Packets of other flows overtake one by more than the receiver, which looks at each flow by itself, says. */
  private static final int REORDER_MS = 5;

  private static final int TICKS_IN_MS = (int) (1_000_000 / MediaTime.TICK_NANOS);

  /** When nothing came for so long, what is on its way still is not held back by a queue. */
  private static final int IDLE_TICKS = (int) (20_000_000 / MediaTime.TICK_NANOS);

  /** What left so much later would have shown that a packet is lost. */
  private static final long LATER_NANOS = 10_000_000;

  private final IntObjectMap<FlowSender> flows;
  private final Scheduler scheduler;
  private final Outlet outlet;
  private final NackReader nack = new NackReader();

  Repairs(IntObjectMap<FlowSender> flows, Scheduler scheduler, Outlet outlet) {
    this.outlet = outlet;
    this.flows = flows;
    this.scheduler = scheduler;
  }

  void onNack(byte[] datagram, long roundTrip, long now) {
    nack.wrap(datagram);
    while (nack.next()) {
      FlowSender flow = flows.get(nack.flowId());
      if (flow != null) {
        long number = flow.history.numberOf(nack.sequence());
        if (isWanted(flow.history, number, roundTrip, now) && isAnswerLost(flow.history, number, roundTrip, now)) {
          scheduler.repair(flow, number, now);
        }
      }
    }
  }

  private static boolean isWanted(SentPackets history, long number, long roundTrip, long now) {
    return history.packet(number) != null
        && !history.isWaiting(number)
        && now - history.firstSent(number) <= RepairTimes.deadline(roundTrip);
  }

  private static boolean isAnswerLost(SentPackets history, long number, long roundTrip, long now) {
    return !history.wasSentAgain(number) || now - history.lastSent(number) >= roundTrip - roundTrip / 10;
  }

  /**
   * Takes the flow that a report is at.
   *
   * @param answer after how long a datagram would show up in a report, in ns
   */
  void onReport(FeedbackReader report, long answer, long roundTrip, long now) {
    FlowSender flow = flows.get(report.flowId());
    if (flow == null) {
      return;
    }
    SentPackets history = flow.history;
    long highest = history.numberOf(report.highest());
    long told = Math.max(history.oldest(), highest - report.told());
    for (long number = history.oldest(); number < told && number < highest; number++) {
      history.forget(number);
    }
    for (long number = told; number < highest; number++) {
      if (report.hasArrived((int) (highest - number))) {
        history.forget(number);
      } else if (isOverdue(history, number, report, answer, now)) {
        repairIfWanted(flow, number, roundTrip, now);
      }
    }
    history.forget(highest);
    onTail(flow, highest + 1, report, answer, roundTrip, now);
    history.expire(now);
  }

  /** What is behind the highest that arrived: the last packets before a pause, which nothing overtakes. */
  private void onTail(
      FlowSender flow, long first, FeedbackReader report, long answer, long roundTrip, long now) {
    SentPackets history = flow.history;
    for (long number = Math.max(first, history.oldest()); number < history.next(); number++) {
      if (history.packet(number) == null) {
        continue;
      }
      if (!isOverdue(history, number, report, answer, now)) {
        return;
      }
      repairIfWanted(flow, number, roundTrip, now);
    }
  }

  private void repairIfWanted(FlowSender flow, long number, long roundTrip, long now) {
    if (isWanted(flow.history, number, roundTrip, now)) {
      scheduler.repair(flow, number, now);
    }
  }

  /** Whether the report would show it, had it not been lost. */
  private boolean isOverdue(
      SentPackets history, long number, FeedbackReader report, long answer, long now) {
    if (history.packet(number) == null) {
      return false;
    }
    int sent = MediaTime.of(history.lastSent(number));
    int reordering = (report.reorderingMs() + REORDER_MS) * TICKS_IN_MS;
    if (report.hasDelay() && MediaTime.difference(report.newestSendTime(), sent) >= reordering) {
      return true; // what was sent later has come
    }
    // Else only the last packets before a pause are looked after: when all is lost for a while, the next ones will tell.
    return report.idle() >= IDLE_TICKS
        && outlet.lastSent - history.lastSent(number) < LATER_NANOS
        && now - history.lastSent(number) >= answer;
  }
}
