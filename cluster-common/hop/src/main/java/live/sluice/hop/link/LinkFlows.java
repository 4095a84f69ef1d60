package live.sluice.hop.link;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.media.receive.ReceivedStatistics;
import live.sluice.hop.media.send.LayerListener;
import org.jspecify.annotations.Nullable;

/** The flows that a link sends: whose they are, and what the other side tells of them. On the link's loop. */
public final class LinkFlows implements LayerListener {
  private final IntObjectMap<PacketServing> servings = new IntObjectHashMap<>();
  private final IntObjectMap<ControlMessage.Arrival> arrivals = new IntObjectHashMap<>();
  private int last;

  /** A number that no flow of this link has had. */
  int next() {
    return ++last;
  }

  /** Says whose a flow is; null where it is nobody's any more. */
  void served(int flowId, @Nullable PacketServing by) {
    if (by == null) {
      servings.remove(flowId);
      arrivals.remove(flowId);
    } else {
      servings.put(flowId, by);
    }
  }

  void arrived(ControlMessage.Arrival arrival) {
    if (servings.containsKey(arrival.flow())) {
      arrivals.put(arrival.flow(), arrival);
    }
  }

  /** How a flow arrives, as the other side told last; null before. */
  public ControlMessage.@Nullable Arrival arrival(int flowId) {
    return arrivals.get(flowId);
  }

  /** Tells the other side how a flow arrives here. */
  void tellArrival(Link link, int flowId) {
    ReceivedStatistics flow = link.receiver().statistics(flowId);
    if (flow != null) {
      long delay = flow.leastDelayNanos() < 0 ? -1 : (flow.leastDelayNanos() + flow.delayP50Nanos()) / 1000;
      link.say(
          new ControlMessage.Arrival(
              flowId,
              flow.received(),
              flow.lostBeforeRepair(),
              flow.lostAfterRepair(),
              flow.bitsPerSecond(),
              delay));
    }
  }

  @Override
  public void leftOut(int flowId) {
    PacketServing serving = servings.get(flowId);
    if (serving != null) {
      serving.leftOut();
    }
  }

  @Override
  public void roomFor(int flowId) {
    PacketServing serving = servings.get(flowId);
    if (serving != null) {
      serving.roomFor(flowId);
    }
  }

  @Override
  public void resumed(int flowId) {}
}
