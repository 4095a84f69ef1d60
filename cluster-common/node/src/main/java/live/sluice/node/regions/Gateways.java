package live.sluice.node.regions;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import live.sluice.cluster.RegionDirectory;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.Link;
import live.sluice.hop.link.LinkListener;
import live.sluice.hop.link.Links;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other regions which streams there are here, and this region which there are elsewhere. Two nodes of each region hold
 * a link to each other region that is configured; what they hear stands in the region's directory. Thread-safe.
 */
public final class Gateways implements LinkListener {
  private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

  private final NodeInfo self;
  private final RegionDirectory directory;
  private final AnnouncedStreams streams;
  private final Supplier<Collection<NodeLoad>> loads;
  private final List<RegionDialler> diallers;
  private final Map<Link, Neighbour> neighbours = new ConcurrentHashMap<>();

  /** Guards what neighbours have heard. */
  private final Object heard = new Object();

  private final Map<String, List<NodeLoad>> nodesOf = new ConcurrentHashMap<>();

  /**
   * Listens to {@code directory} and {@code links}, and dials nobody before {@link #tick}.
   *
   * @param others the other regions
   * @param loads the live nodes of this region
   */
  public Gateways(
      NodeInfo self,
      RegionDirectory directory,
      Links links,
      List<OtherRegion> others,
      Supplier<Collection<NodeLoad>> loads,
      Ticker ticker) {
    this.self = self;
    this.directory = directory;
    this.streams = new AnnouncedStreams(self, directory);
    this.loads = loads;
    this.diallers =
        others.stream().map(region -> new RegionDialler(self, region, links, directory, this::knownNodes, ticker)).toList();
    links.addListener(this);
    directory.addListener(
        new StreamDirectory.Listener() {
          @Override
          public void entryChanged(StreamKey key, @Nullable StreamEntry entry) {
            neighbours.values().forEach(neighbour -> neighbour.changed(key));
          }

          @Override
          public void routesChanged(StreamKey key) {
            neighbours.values().forEach(neighbour -> neighbour.changed(key));
          }

          @Override
          public void nodesChanged() {
            // Other nodes may be hubs now.
            neighbours.values().forEach(Neighbour::allChanged);
          }
        });
  }

  /** To be called each second: dials where a link is missing, and tells loads. */
  public void tick() {
    diallers.forEach(RegionDialler::tick);
    Collection<NodeLoad> nodes = loads.get();
    neighbours.values().forEach(neighbour -> neighbour.tell(nodes));
  }

  /** The nodes of other regions, as they were told last. */
  public Map<String, List<NodeLoad>> nodesElsewhere() {
    return Map.copyOf(nodesOf);
  }

  private List<NodeInfo> knownNodes(String region) {
    return nodesOf.getOrDefault(region, List.of()).stream().map(NodeLoad::node).toList();
  }

  // ---- on the links' loops ----

  @Override
  public void up(Link link) {
    if (link.peer().region().equals(self.region())) {
      return;
    }
    for (NodeInfo node : directory.nodes()) {
      if (node.id().equals(link.peer().id())) {
        // Names tell owners of streams apart, everywhere.
        link.close("a node of region " + self.region() + " is called " + node.id() + " too: names must be unique");
        return;
      }
    }
    if (link.isStanding()) {
      Neighbour neighbour = new Neighbour(link, streams);
      neighbours.put(link, neighbour);
      neighbour.tell(loads.get());
      neighbour.allChanged();
      LOG.atInfo()
          .addKeyValue("region", neighbour.region())
          .addKeyValue("node", link.peer().id())
          .log("region is linked");
    }
  }

  @Override
  public void message(Link link, ControlMessage message) {
    Neighbour neighbour = neighbours.get(link);
    if (neighbour == null) {
      return;
    }
    String region = neighbour.region();
    switch (message) {
      case ControlMessage.Announce announce -> {
        if (announce.announcement().neighbour().equals(region)) {
          announced(neighbour, announce.announcement());
        }
      }
      case ControlMessage.Unannounce unannounce -> withdrawn(neighbour, unannounce.key());
      case ControlMessage.Nodes nodes ->
          nodesOf.put(
              region, nodes.nodes().stream().filter(load -> load.node().region().equals(region)).toList());
      default -> {
        // Of no concern here.
      }
    }
  }

  private void announced(Neighbour by, Announcement announcement) {
    StreamKey key = announcement.entry().key();
    synchronized (heard) {
      if (directory.announce(announcement)) {
        by.heard().put(key, announcement);
      } else {
        withdrawn(by, key);
      }
    }
  }

  /** What another link of that region says still holds. */
  private void withdrawn(Neighbour by, StreamKey key) {
    synchronized (heard) {
      if (by.heard().remove(key) == null) {
        return;
      }
      for (Neighbour other : neighbours.values()) {
        Announcement said = other.region().equals(by.region()) ? other.heard().get(key) : null;
        if (said != null && directory.announce(said)) {
          return;
        }
      }
      directory.withdraw(key, by.region());
    }
  }

  @Override
  public void down(Link link, String why) {
    Neighbour gone = neighbours.remove(link);
    if (gone == null) {
      return;
    }
    boolean another = false;
    for (Neighbour neighbour : neighbours.values()) {
      another |= neighbour.region().equals(gone.region());
    }
    if (another) {
      // What only the link that is gone has told holds no longer.
      List.copyOf(gone.heard().keySet()).forEach(key -> withdrawn(gone, key));
    } else {
      directory.withdrawAll(gone.region());
      nodesOf.remove(gone.region());
      LOG.atWarn().addKeyValue("region", gone.region()).addKeyValue("why", why).log("region is not linked any more");
    }
  }
}
