package live.sluice.node.regions;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import live.sluice.cluster.Hubs;
import live.sluice.hop.link.Link;
import live.sluice.hop.link.Links;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a link to another region standing while this node is one of its region's gateways to it: one address after the other
 * is dialled, with a growing pause, anywhere within which the next one begins. Thread-safe.
 */
final class RegionDialler {
  private static final Logger LOG = LoggerFactory.getLogger(RegionDialler.class);

  private static final long LEAST_NANOS = 100_000_000L;
  private static final long MOST_NANOS = 10_000_000_000L;

  private final NodeInfo self;
  private final OtherRegion region;
  private final Links links;
  private final StreamDirectory directory;
  private final Function<String, List<NodeInfo>> known;
  private final Ticker ticker;
  private boolean dialling;
  private int next;
  private long pause = LEAST_NANOS;
  private long notBefore;
  private String lastFailure = "";

  RegionDialler(
      NodeInfo self,
      OtherRegion region,
      Links links,
      StreamDirectory directory,
      Function<String, List<NodeInfo>> known,
      Ticker ticker) {
    this.self = self;
    this.region = region;
    this.links = links;
    this.directory = directory;
    this.known = known;
    this.ticker = ticker;
    this.notBefore = ticker.nanos();
    this.next = ThreadLocalRandom.current().nextInt(64);
  }

  /** Dials where it is time to, and lets go of what others hold now. */
  synchronized void tick() {
    if (!isGateway()) {
      letGo();
      return;
    }
    if (dialling || ticker.nanos() - notBefore < 0 || isLinked()) {
      return;
    }
    List<InetSocketAddress> addresses = addresses();
    if (addresses.isEmpty()) {
      return;
    }
    InetSocketAddress address = addresses.get(Math.floorMod(next++, addresses.size()));
    dialling = true;
    try {
      links
          .dial(address, true)
          .whenComplete((link, failure) -> dialled(address, failure != null ? failure : whatIsWrongWith(link)));
    } catch (RuntimeException e) {
      dialled(address, e);
    }
  }

  /** A seed that is of another region would be dialled again and again, and a link be left each time. */
  private @Nullable SluiceException whatIsWrongWith(Link link) {
    String found = link.peer().region();
    if (found.equals(region.name())) {
      return null;
    }
    link.close("it is of region " + found + ", not " + region.name());
    return new SluiceException(
        ErrorCode.CONFIG_INVALID,
        "there is " + link.peer().id() + " of region " + found + ": hop.regions names a wrong region or a wrong seed");
  }

  private boolean isGateway() {
    return Hubs.gatewaysFor(region.name(), directory.nodes()).stream()
        .anyMatch(node -> node.id().equals(self.id()));
  }

  /** Other nodes are the gateways: what crosses goes on, and until nothing does they have links of their own. */
  private void letGo() {
    for (Link link : links.all()) {
      if (link.dialled() && link.peer().region().equals(region.name())) {
        link.letGo();
      }
    }
  }

  private boolean isLinked() {
    for (Link link : links.all()) {
      if (link.isStanding() && link.isUp() && link.peer().region().equals(region.name())) {
        return true;
      }
    }
    return false;
  }

  /** The seeds, and the nodes that were heard of. */
  private List<InetSocketAddress> addresses() {
    List<InetSocketAddress> all = new ArrayList<>(region.seeds());
    for (NodeInfo node : known.apply(region.name())) {
      if (node.hopPort() > 0) {
        all.add(InetSocketAddress.createUnresolved(node.host(), node.hopPort()));
      }
    }
    return all;
  }

  private synchronized void dialled(InetSocketAddress address, @Nullable Throwable failure) {
    dialling = false;
    if (failure == null) {
      pause = LEAST_NANOS;
      lastFailure = "";
      return;
    }
    notBefore = ticker.nanos() + ThreadLocalRandom.current().nextLong(pause);
    pause = Math.min(MOST_NANOS, pause * 2);
    String why = SluiceException.chainOf(failure);
    if (!why.equals(lastFailure)) {
      lastFailure = why;
      LOG.atWarn()
          .addKeyValue("region", region.name())
          .addKeyValue("address", Addresses.text(address))
          .addKeyValue("why", why)
          .log("region can't be linked; it is tried again");
    }
  }
}
