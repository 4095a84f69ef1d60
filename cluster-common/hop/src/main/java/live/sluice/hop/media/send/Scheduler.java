package live.sluice.hop.media.send;

import java.util.List;
import live.sluice.hop.media.RepairTimes;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * What leaves next. Without congestion everything leaves at once; with it, sound leaves at once and all else waits for
 * room: what is sent again before keyframes before the rest. What would wait too long is left out, a flow's pictures as a
 * whole.
 */
final class Scheduler {
  private static final long MS = 1_000_000;
  /** Two copies of what is sent again are so far apart that one short gap does not swallow both. */
  private static final long COPY_APART = 4 * MS;
  /** Those of sound, which are before the next packet of it. */
  private static final long SOUND_APART = 10 * MS;

  private static final long CALM = 3_000 * MS;
  private static final long LOOK_EACH = 50 * MS;

  private final List<FlowSender> flows;
  private final RateEstimate estimate;
  private final Layers layers;
  private final Outlet outlet;
  private final TokenBucket bucket = new TokenBucket();
  private final RepairQueue repairs = new RepairQueue();
  private final RepairQueue copies = new RepairQueue();
  private final RepairQueue soundCopies = new RepairQueue();
  private final LayeredQueue keyframes = new LayeredQueue();
  private final LayeredQueue rest = new LayeredQueue();
  private boolean congested;
  private boolean looked;
  private long lookedAt;

  long droppedRepairs;
  long droppedKeyframes;
  long droppedRest;

  Scheduler(List<FlowSender> flows, RateEstimate estimate, Layers layers, Outlet outlet) {
    this.flows = flows;
    this.estimate = estimate;
    this.layers = layers;
    this.outlet = outlet;
  }

  boolean isCongested() {
    return congested;
  }

  long waitingBytes() {
    return keyframes.bytes() + rest.bytes();
  }

  boolean isLimited() {
    return waitingBytes() > 0 || !repairs.isEmpty();
  }

  /** Sends a packet, or queues it, or leaves it out. */
  void send(FlowSender flow, RtpPacket packet, long roundTrip, long now) {
    boolean keyframe = flow.isOfKeyframe(packet, now);
    if (flow.isSound()) {
      sendSound(flow, packet, roundTrip, now);
      return;
    }
    if (!layers.admits(flow, packet, congested, now)) {
      countDropped(flow, keyframe ? 1 : 0, keyframe ? 0 : 1);
      return;
    }
    if (flow.closed) {
      return; // by the listener
    }
    if (isFirst(flow, keyframe) && hasRoom(now)) {
      leave(flow, packet, now);
      return;
    }
    (keyframe ? keyframes : rest).add(flow, packet, now);
    shed(roundTrip, now);
  }

  private void sendSound(FlowSender flow, RtpPacket packet, long roundTrip, long now) {
    long first = flow.history.next();
    leave(flow, packet, now);
    if (!congested && RepairTimes.isSoundDoubled(roundTrip, estimate.loses(now))) {
      for (long number = first; number < flow.history.next(); number++) {
        soundCopies.add(flow, number, now + SOUND_APART);
      }
    }
  }

  private boolean isFirst(FlowSender flow, boolean keyframe) {
    if (!repairs.isEmpty()) {
      return false;
    }
    return keyframe
        ? keyframes.isEmptyUpTo(flow.layer())
        : keyframes.isEmpty() && rest.isEmptyUpTo(flow.layer());
  }

  private boolean hasRoom(long now) {
    return !congested || bucket.has(estimate.bitsPerSecond(), now);
  }

  private void leave(FlowSender flow, RtpPacket packet, long now) {
    bucket.take(outlet.send(flow, packet, now));
    if (flow.closed) {
      flow.history.clear(); // by the sink, with a part of the packet still to be sent
    }
  }

  /** Queues a datagram that is to be sent again. */
  void repair(FlowSender flow, long number, long now) {
    flow.history.setWaiting(number, true);
    repairs.add(flow, number, now);
  }

  /** Sends what there is room for, and gives up what is too old. */
  void drain(long roundTrip, long now) {
    while (copies.isDue(now)) {
      sendCopy(now);
    }
    while (soundCopies.isDue(now)) {
      sendSoundCopy(now);
    }
    while (isLimited() && hasRoom(now)) {
      if (!repairs.isEmpty()) {
        sendRepair(roundTrip, now);
      } else {
        sendFirst((keyframes.isEmpty() ? rest : keyframes).first(), now);
      }
    }
    if (waitingBytes() > 0) {
      dropOld(keyframes, roundTrip, now);
      dropOld(rest, roundTrip, now);
      shed(roundTrip, now);
    }
  }

  private void sendFirst(PacketQueue queue, long now) {
    FlowSender flow = queue.flow();
    RtpPacket packet = queue.poll();
    leave(flow, packet, now);
    packet.release();
  }

  private void sendRepair(long roundTrip, long now) {
    FlowSender flow = repairs.flow();
    long number = repairs.number();
    repairs.remove();
    RtpPacket packet = flow.history.packet(number);
    if (packet == null) {
      return; // it has arrived meanwhile, or its flow is closed
    }
    flow.history.setWaiting(number, false);
    if (now - flow.history.firstSent(number) > RepairTimes.deadline(roundTrip)) {
      droppedRepairs++;
      return;
    }
    flow.history.sentAgain(number, now);
    bucket.take(outlet.sendAgain(flow, number, packet));
    if (RepairTimes.isDoubled(roundTrip, estimate.lossRatio())) {
      copies.add(flow, number, now + COPY_APART);
    }
  }

  private void sendCopy(long now) {
    RtpPacket packet = copies.flow().history.packet(copies.number());
    if (packet != null && hasRoom(now)) {
      copies.flow().history.sentAgain(copies.number(), now);
      bucket.take(outlet.sendAgain(copies.flow(), copies.number(), packet));
    }
    copies.remove();
  }

  private void sendSoundCopy(long now) {
    RtpPacket packet = soundCopies.flow().history.packet(soundCopies.number());
    if (packet != null) {
      soundCopies.flow().history.sentAgain(soundCopies.number(), now);
      bucket.take(outlet.sendCopy(soundCopies.flow(), soundCopies.number(), packet));
    }
    soundCopies.remove();
  }

  private void dropOld(LayeredQueue queue, long roundTrip, long now) {
    long before = now - RepairTimes.deadline(roundTrip);
    for (FlowSender late = queue.waitsSince(before); late != null; late = queue.waitsSince(before)) {
      leaveOut(late, true, now);
    }
  }

  /**
   * As long as what waits would wait too long, another flow is left out. A picture of it that has begun to leave is sent to
   * its end, unless another flow would have to go for that.
   */
  private void shed(long roundTrip, long now) {
    long most = RepairTimes.deadline(roundTrip) / 4 * 3;
    if (waitNanos() <= most) {
      return;
    }
    for (int i = 0; i < flows.size(); i++) {
      if (flows.get(i).isLeftOut() && flows.get(i).waitingBytes > 0) {
        leaveOut(flows.get(i), true, now);
      }
    }
    while (waitNanos() > most) {
      FlowSender victim = layers.victim(now);
      if (victim == null) {
        return;
      }
      boolean frees = victim.waitingBytes > 0;
      leaveOut(victim, false, now);
      if (!frees) {
        return; // what it does not send from now on makes room enough
      }
      if (waitNanos() > most) {
        leaveOut(victim, true, now);
      }
    }
  }

  private long waitNanos() {
    return (long) (waitingBytes() * 8e9 / estimate.bitsPerSecond());
  }

  private void leaveOut(FlowSender flow, boolean all, long now) {
    int ofKeyframes = keyframes.drop(flow, all);
    countDropped(flow, ofKeyframes, rest.drop(flow, all));
    if (!flow.isLeftOut()) {
      layers.leaveOut(flow, now);
    }
  }

  private void countDropped(FlowSender flow, int ofKeyframes, int others) {
    flow.dropped += ofKeyframes + others;
    droppedKeyframes += ofKeyframes;
    droppedRest += others;
  }

  /** The estimate was lowered. */
  void onLowered(long now) {
    if (!congested) {
      congested = true;
      bucket.start(now);
    }
    FlowSender failed = layers.failedTrial(now);
    if (failed != null) {
      leaveOut(failed, false, now);
    }
  }

  /** Looks whether there is room for everything again. */
  void tick(long roundTrip, long now) {
    if (!looked || now - lookedAt >= LOOK_EACH) {
      looked = true;
      lookedAt = now;
      lookForRoom(roundTrip, now);
    }
    drain(roundTrip, now);
  }

  private void lookForRoom(long roundTrip, long now) {
    if (congested && estimate.isCalmFor(CALM, now) && estimate.bitsPerSecond() >= 1.25 * offeredRate(roundTrip, now)) {
      congested = false;
    }
    layers.tick(congested, now);
  }

  /** With what sound will take again when it goes twice, which it does not while there is no room. */
  private long offeredRate(long roundTrip, long now) {
    boolean doubled = RepairTimes.isSoundDoubled(roundTrip, estimate.loses(now));
    long sum = 0;
    for (int i = 0; i < flows.size(); i++) {
      FlowSender flow = flows.get(i);
      sum += flow.rate(now) * (doubled && flow.isSound() ? 2 : 1);
    }
    return sum;
  }

  void close(FlowSender flow) {
    keyframes.drop(flow, true);
    rest.drop(flow, true);
    flow.history.clear();
  }
}
