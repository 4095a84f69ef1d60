package live.sluice.bench.model;

import java.util.Formatter;
import java.util.Locale;
import live.sluice.cluster.RegionDirectory;
import live.sluice.media.NodeInfo;

/** What was found, as a page of the documentation. */
final class ScalePage {
  private final Formatter page = new Formatter(Locale.ROOT);
  private final Findings found;

  ScalePage(Findings found) {
    this.found = found;
  }

  String text() {
    assumptions();
    copies();
    egress();
    directory();
    losses();
    beyond();
    return page.toString();
  }

  private void assumptions() {
    Shape shape = found.shape();
    line("# Scale");
    line("");
    page.format(
        "What %,d regions with %,d edges, %,d viewers and %,d streams would carry. Nothing of that size was run: this is a"
            + " model, written by\n\n    %s\n\nWhere streams are published, which node is a hub, what is announced and what wins is"
            + " decided in it by the classes of a node (`Placement`, `Rendezvous`, `Hubs`, the directory with its claims and"
            + " routes); what nodes send is counted from that.\n",
        shape.regions(), shape.edges(), shape.viewers(), shape.streams(), command());
    line("");
    line("Assumed, and each a line in `Shape`:");
    line("");
    ModelRegion first = found.world().regions.getFirst();
    ModelRegion last = found.world().regions.getLast();
    page.format(
        "- Regions are unequal: the largest has %d edges and %d origins, the smallest %d and %d.\n",
        first.edges(), first.origins, last.edges(), last.origins);
    page.format(
        "- Streams are wanted by Zipf's law (1/rank); %.0f %% of viewers want one of their own region. Each has %.1f Mb/s.\n",
        Shape.LOCALITY * 100, Shape.STREAM_MBPS);
    line("- A viewer comes to any edge of the region, for load balancers do not know streams.");
    page.format(
        "- A viewer stays %d minutes, a publisher %d.\n",
        Shape.VIEWER_STAYS_SECONDS / 60, Shape.PUBLISHER_STAYS_SECONDS / 60);
    page.format(
        "- Every region is linked with every other one. Of each stream a region is told %d ways, by two gateways each.\n",
        shape.ways());
    line("");
  }

  private String command() {
    Shape shape = found.shape();
    return String.format(
        Locale.ROOT,
        "./sluice bench model --regions %d --edges %d --viewers %d --streams %d --seconds %d --ways %d --out docs/scale.md",
        shape.regions(), shape.edges(), shape.viewers(), shape.streams(), shape.seconds(), shape.ways());
  }

  private void copies() {
    Egress egress = found.egress();
    int regions = found.shape().regions();
    line("## Between regions");
    line("");
    line("| | |");
    line("|---|---|");
    page.format("| streams that cross from one region to another, each once | %,d |\n", egress.crossing());
    page.format("| for a pair of regions, one way: mean, most | %,d, %,d |\n",
        egress.crossing() / (regions * (regions - 1L)), egress.mostCopies());
    page.format("| the same in Gb/s | %.2f, %.2f |\n",
        gbps(egress.crossing()) / (regions * (regions - 1.0)), gbps(egress.mostCopies()));
    page.format("| all that crosses, Gb/s | %.1f |\n", gbps(egress.crossing()));
    page.format("| if each edge pulled from the owner, without hubs: copies, Gb/s | %,d, %.0f |\n",
        egress.withoutHubs, gbps(egress.withoutHubs));
    page.format("| pulls within regions, Gb/s | %,d, %.0f |\n", egress.pulls, gbps(egress.pulls));
    line("");
  }

  private static double gbps(long copies) {
    return copies * Shape.STREAM_MBPS / 1000;
  }

  private void egress() {
    line("## What a node sends");
    line("");
    line("| Gb/s | median | 99th percentile | most |");
    line("|---|---|---|---|");
    spread("an edge, to viewers", found.egress().toViewers, NodeInfo.Role.EDGE);
    spread("an edge, to other nodes as a hub", found.egress().toNodes, NodeInfo.Role.EDGE);
    spread("an edge, in all", found.egress().all(), NodeInfo.Role.EDGE);
    spread("an origin, as owner and hub", found.egress().toNodes, NodeInfo.Role.ORIGIN);
    line("");
  }

  private void spread(String what, double[] mbps, NodeInfo.Role role) {
    double[] spread = Egress.spread(found.world(), mbps, role);
    page.format("| %s | %.2f | %.2f | %.2f |\n", what, spread[0], spread[1], spread[2]);
  }

  private void directory() {
    Churn churn = found.churn();
    int regions = found.shape().regions();
    RealRegion real = found.real();
    line("## Directory and announcements");
    line("");
    line("| each second, in all regions together | |");
    line("|---|---|");
    page.format("| viewers that come | %,.0f |\n", churn.joins());
    page.format("| publishers that come | %.1f |\n", churn.publishes());
    page.format("| writes of streams to Hazelcast (claim, codecs, end) | %.1f |\n", churn.directoryWrites());
    page.format("| of one region | %.2f |\n", churn.directoryWrites() / regions);
    page.format("| announcements and withdrawals that gateways hear and write | %,.0f |\n", churn.announcements());
    page.format("| of one region | %.0f |\n", churn.announcements() / regions);
    ModelRegion largest = found.world().regions.getFirst();
    page.format(
        "| changes that Hazelcast tells the %d nodes of the largest region | %,.0f |\n",
        largest.nodes.size(), largest.nodes.size() * (churn.announcements() + churn.directoryWrites()) / regions);
    page.format("| renewals of leases in it | %d |\n", largest.nodes.size());
    page.format("| pulls that begin within regions | %,.0f |\n", churn.pulls());
    page.format("| pulls that begin between regions | %.0f |\n", churn.crossings());
    line("");
    line("Viewers cost the directory nothing: it changes when a stream is published or ends.");
    line("");
    page.format("| tables (%d cores, Java %s) | |\n", Runtime.getRuntime().availableProcessors(), Runtime.version());
    line("|---|---|");
    page.format("| all %,d streams published and announced to all regions | %.1f s on one thread |\n",
        found.shape().streams(), found.publishSeconds());
    page.format("| a node's table of routes, heap, of %,d ways | %.1f MB |\n",
        found.heard(), found.tableBytes() / 1e6 / regions);
    page.format("| the announcements of one gateway of each neighbour, told to a real origin (%,d) until a real edge has all | %.1f s |\n",
        real.announcements(), real.seconds());
    page.format("| heap for them: the origin with Hazelcast's map; the edge | %.0f MB; %.0f MB |\n",
        real.originBytes() / 1e6, real.edgeBytes() / 1e6);
    line("");
    page.format(
        "Two gateways tell the same, so a region has twice as many: %,d. The bound is %,d; past it a directory takes no"
            + " more, and says so.\n",
        2L * found.heard(), RegionDirectory.MOST_ANNOUNCEMENTS);
    line("");
  }

  private void losses() {
    line("## Losses");
    line("");
    Losses.Edge edge = found.edge();
    page.format(
        "**An edge** of the largest region: it was the hub of %,d streams. As many pulls go to the next in rendezvous order"
            + " at once, spread over all its nodes, and %,d pulls of other edges with them; %,d viewers come to other edges.\n",
        edge.streams(), edge.pulls(), edge.viewers());
    line("");
    Losses.Link link = found.link();
    page.format(
        "**The link** of the two largest regions: %,d streams crossed it. %,d of them have another way, by a third region;"
            + " the most that one hub there passes on is %,d.\n",
        link.streams(), link.otherWay(), link.mostAtOneHub());
    line("");
    Losses.Region region = found.region();
    page.format(
        "**The largest region**: %,d streams end, and %,d pulls of other regions' hubs with them; their edges' pulls stay."
            + " %,d ways are withdrawn in the other %d regions, which took their tables %.0f ms in all. When the publishers"
            + " come to the next region, all %,d are claimed, placed and announced in %.1f s on one thread, each with a"
            + " greater epoch; then every region finds every stream's owner where it is: %s.\n",
        region.streams(), region.hubPulls(), region.withdrawn(), found.shape().regions() - 1, region.withdrawMs(),
        region.streams(), region.publishMs() / 1000, region.consistent());
    line("");
    page.format(
        "Its %,d viewers, all of them sent to that next region, begin %,d pulls there within the region and %,d from"
            + " others. An edge there then sends %.2f Gb/s at the median, %.2f at most: where it can't, a loss has to be spread"
            + " over all regions by whoever sends viewers to them.\n",
        region.viewers(), region.newPulls(), region.newCrossings(), found.edgesAfter()[0], found.edgesAfter()[2]);
    line("");
  }

  private void beyond() {
    int regions = found.shape().regions();
    long foreign = found.heard() / found.shape().ways();
    line("## What would have to change beyond that");
    line("");
    page.format(
        "- **Announcing every way.** With all regions linked, each of the other %d could announce a stream on: %,d ways to"
            + " keep, with two gateways %,d, beyond the bound. So gateways keep to the best three, and that does not grow with the regions.\n",
        regions - 2, foreign * (regions - 1), 2 * foreign * (regions - 1));
    page.format(
        "- **Announcing every stream.** All regions hear of all streams, wanted or not: %,d announcements. Ten times the"
            + " streams are %,d, beyond the bound, and %.0f MB on each edge. Then edges would ask their origins by name"
            + " instead of knowing all, and gateways ask their neighbours for streams that nobody wanted yet.\n",
        2L * found.heard(), 20L * found.heard(), 20.0 * found.real().edgeBytes() / 1e6);
    page.format(
        "- **A region that comes back** is told everything at once: at the %,.0f announcements a second that one gateway"
            + " wrote here, and with each of them an event for each node. Streams that are wanted there should come first.\n",
        found.real().announcements() / found.real().seconds());
    int nodes = found.world().regions.getFirst().nodes.size();
    page.format(
        "- **One hub a stream.** That of a stream which every edge of the largest region wants sends it %d times: %.2f Gb/s."
            + " With a thousand nodes in a region that is %.1f Gb/s for each such stream, and a second layer of hubs below"
            + " the first is needed.\n",
        nodes - 1, (nodes - 1) * Shape.STREAM_MBPS / 1000, Shape.STREAM_MBPS);
    page.format(
        "- **Any edge for any viewer.** An edge pulls %d streams for its %d viewers, so that nodes send each other %.0f %% of"
            + " what they send to viewers. A load balancer that goes by the stream's name takes most of that away.\n",
        found.egress().pulls / found.shape().edges(),
        found.shape().viewers() / found.shape().edges(),
        100 * gbps(found.egress().pulls) / (found.shape().viewers() * Shape.STREAM_MBPS / 1000));
    line(
        "- **One Hazelcast a region.** It has a lease for each node, and each renews once a second; some hundred nodes a"
            + " region are no load. Some thousands would want regions to be made of several.");
  }

  private void line(String text) {
    page.format("%s\n", text);
  }
}
