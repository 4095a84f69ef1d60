package live.sluice.hop.media.send;

import java.util.List;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Which flows' pictures are left out. The highest layer goes first, and of one layer the flow of the highest rate; it
 * comes back with one of its keyframes, where the estimate has room for it. An estimate that is not used does not grow,
 * so now and then a flow is let through to see whether the path carries it; each time in vain, the next try waits twice as
 * long.
 */
final class Layers {
  private static final long SECOND = 1_000_000_000;
  private static final long FIRST_WAIT = 4 * SECOND;
  private static final long LONGEST_WAIT = 64 * SECOND;
  /** After so long without congestion a try has succeeded. */
  private static final long TRIAL = 5 * SECOND;

  private static final double HEADROOM = 0.9;

  private final List<FlowSender> flows;
  private final RateEstimate estimate;
  private final LayerListener listener;
  private long wait = FIRST_WAIT;
  private @Nullable FlowSender trial;
  private long trialAt;

  Layers(List<FlowSender> flows, RateEstimate estimate, LayerListener listener) {
    this.flows = flows;
    this.estimate = estimate;
    this.listener = listener;
  }

  /** Whether a packet is to be sent; a keyframe for which there is room brings its flow back. */
  boolean admits(FlowSender flow, RtpPacket packet, boolean congested, long now) {
    if (!flow.isLeftOut() || flow.hasBegun(packet)) {
      return true;
    }
    if (!packet.keyframe()) {
      return false;
    }
    long admitted = admittedRate(now);
    if (!fits(flow, admitted, congested, now)) {
      if (!isTrialDue(flow, now)) {
        return false;
      }
      trial = flow;
      trialAt = now;
      estimate.probe((long) (1.1 * (admitted + flow.rate(now))));
    }
    flow.resume();
    listener.resumed(flow.id());
    return true;
  }

  void leaveOut(FlowSender flow, long now) {
    flow.leaveOut(now);
    listener.leftOut(flow.id());
  }

  /** The flow whose pictures are to be left out next; null where there is none. */
  @Nullable FlowSender victim(long now) {
    FlowSender victim = null;
    for (FlowSender flow : flows) {
      boolean sends = !flow.isSound() && !flow.isLeftOut() && flow.rate(now) > 0;
      if (sends && (victim == null || isBefore(flow, victim, now))) {
        victim = flow;
      }
    }
    return victim;
  }

  private static boolean isBefore(FlowSender flow, FlowSender other, long now) {
    return flow.layer() != other.layer() ? flow.layer() > other.layer() : flow.rate(now) > other.rate(now);
  }

  /** The estimate was lowered: whoever is let through on trial goes. */
  @Nullable FlowSender failedTrial(long now) {
    FlowSender failed = trial;
    trial = null;
    if (failed == null || now - trialAt >= TRIAL) {
      return null;
    }
    wait = Math.min(2 * wait, LONGEST_WAIT);
    return failed.closed || failed.isLeftOut() ? null : failed;
  }

  /** Tells of room that there may be. Looks at each flow: not for each packet. */
  void tick(boolean congested, long now) {
    if (trial != null && now - trialAt >= TRIAL) {
      trial = null;
      wait = FIRST_WAIT;
    }
    long admitted = admittedRate(now);
    for (int i = 0; i < flows.size(); i++) {
      FlowSender flow = flows.get(i);
      boolean told = flow.roomTold && now - flow.roomToldAt < SECOND;
      if (flow.isLeftOut() && !told && (fits(flow, admitted, congested, now) || isTrialDue(flow, now))) {
        flow.roomTold = true;
        flow.roomToldAt = now;
        listener.roomFor(flow.id());
      }
    }
  }

  private boolean fits(FlowSender flow, long admittedRate, boolean congested, long now) {
    return !congested || HEADROOM * estimate.bitsPerSecond() >= admittedRate + flow.rate(now);
  }

  private boolean isTrialDue(FlowSender flow, long now) {
    // Without its least layer a stream has no picture at all.
    long due = flow.layer() == 0 ? wait / 4 : wait;
    if (trial != null || now - flow.leftOutSince < due || !estimate.isCalmFor(SECOND, now)) {
      return false;
    }
    for (int i = 0; i < flows.size(); i++) {
      FlowSender other = flows.get(i);
      if (other.isLeftOut() && other.layer() < flow.layer()) {
        return false;
      }
    }
    return true;
  }

  private long admittedRate(long now) {
    long sum = 0;
    for (int i = 0; i < flows.size(); i++) {
      FlowSender flow = flows.get(i);
      sum += flow.isLeftOut() ? 0 : flow.offeredRate(now);
    }
    return sum;
  }
}
