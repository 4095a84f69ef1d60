package live.sluice.bench.cascade;

import java.util.Formatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import live.sluice.bench.measure.Machine;
import org.jspecify.annotations.Nullable;

/** The figures of a matrix as a page of the documentation. */
final class CascadePage {
  private final Formatter page = new Formatter(Locale.ROOT);
  private final Figures figures;
  private final String chart;

  /** With a chart that lies at that path, seen from the page. */
  CascadePage(Figures figures, String chart) {
    this.figures = figures;
    this.chart = chart;
  }

  String text() {
    head();
    delivered();
    delay();
    missed();
    return page.toString().stripTrailing() + "\n";
  }

  private void head() {
    List<CellResult> all = figures.all();
    Machine machine = figures.machine();
    long crossing = all.stream().filter(r -> r.cell().hops() > 0 && r.cell().over().equals("quic")).count();
    long met = all.stream().filter(r -> r.cell().hops() > 0 && r.cell().over().equals("quic") && r.met()).count();
    line("# The cascade");
    line("");
    page.format(
        "What players of other regions are sent in time, written by%n%n    %s%n%non %d cores of %s, %.0f GB, %s, Java %s, from %s"
            + " to %s. Of %d cells over QUIC, %d meet their bar.%n%n",
        figures.command(), machine.cores(), machine.cpu(), machine.memoryBytes() / 1e9, machine.system(), machine.java(),
        all.stream().map(CellResult::measured).min(String::compareTo).orElse("-"),
        all.stream().map(CellResult::measured).max(String::compareTo).orElse("-"), crossing, met);
    page.format("![Packets that did not come in time](%s)%n%n", chart);
    line("Three regions of one node each ([laboratory](../lab.md)): publishers (WHIP, H.264 of 2.5 Mb/s, 30 pictures and 50");
    line("packets of Opus a second) at the first region's node, players (WHEP) at the second's, one hop away, or at the third's,");
    line("two hops away, while nothing passes between the first and the third. Each way has half of the round trip, the loss both");
    line("ways, and 200 Mb/s. All of it shares this machine's cores.");
    line("");
    line("- **In time** is each RTP packet that comes, by the clock of the publisher on the same machine, within the propagation");
    line("  delay and 1.25 round trips and 60 ms for each hop; sound within 400 ms in all. Those that never come are not. A");
    line("  picture's clock is taken before its first packet is sent, and holds for all of its packets. Players' first 5 s don't");
    line("  count, and the last 2 s of streams are only waited in for what is late.");
    line("- **Bar**: 99.9 % up to 1 % loss, 99.5 % at 3 %.");
    line("- **TCP** is the same with `hop.streams: tcp`: the pull over TCP, which nodes fall back to where UDP is blocked.");
    line("- Raw figures, with what each node told of its links: [figures.json](" + chart.replace("chart.svg", "figures.json") + ").");
    line("");
  }

  private void delivered() {
    line("## Delivered in time");
    line("");
    line("Percent of all packets; from the publisher to the player, ms of packets of pictures.");
    line("");
    line("| hops | streams | round trip | loss | QUIC | bar | sound | p50; p99 | TCP | p50; p99 |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    Set<Cell> ways = new LinkedHashSet<>();
    figures.all().stream().map(CellResult::cell).filter(cell -> cell.hops() > 0).forEach(cell -> ways.add(as("quic", cell)));
    for (Cell cell : ways) {
      CellResult quic = figures.of(cell);
      CellResult tcp = figures.of(as("tcp", cell));
      page.format(
          "| %d | %d | %d ms | %s %% | %s | %s | %s | %s | %s | %s |%n",
          cell.hops(), cell.streams(), cell.roundTripMs(), Cell.plain(cell.lossPercent()), percent(quic),
          quic == null ? "" : cell.barPercent() + (quic.met() ? "" : ", **missed**"),
          quic == null ? "" : share(quic.sound().percent()), latency(quic), percent(tcp), latency(tcp));
    }
    line("");
  }

  private static Cell as(String over, Cell cell) {
    return new Cell(over, cell.roundTripMs(), cell.lossPercent(), cell.streams(), cell.hops());
  }

  private static String percent(@Nullable CellResult result) {
    return result == null ? "-" : share(result.inTimePercent());
  }

  /** Never rounded up to what was not reached. */
  private static String share(double percent) {
    return String.format(Locale.ROOT, "%.3f", Math.floor(percent * 1_000) / 1_000);
  }

  private static String latency(@Nullable CellResult result) {
    return result == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f; %.1f", result.pictures().p50Ms(), result.pictures().p99Ms());
  }

  private void delay() {
    line("## Added delay, where nothing is lost");
    line("");
    line("Beyond the propagation delay, ms. Without a hop it is what publisher, one node and player take by themselves, pacing and");
    line("encryption among it: the last packet of a keyframe leaves some ms after the first. What each hop adds is the 99th");
    line("percentile beyond the one without a hop, by hops. The bar is 5 ms.");
    line("");
    line("| hops | over | streams | round trip | p50 | p99 | each hop adds, p99 | bar |");
    line("|---|---|---|---|---|---|---|---|");
    for (CellResult result : figures.all()) {
      Cell cell = result.cell();
      if (cell.lossPercent() > 0 || result.failure() != null) {
        continue;
      }
      CellResult without = withoutHop(cell.streams());
      boolean compared = cell.hops() > 0 && without != null;
      double added = compared && without != null ? result.addedMs(without) : 0;
      page.format(
          "| %d | %s | %d | %s | %.1f | %.1f | %s | %s |%n",
          cell.hops(), cell.hops() == 0 ? "" : cell.over(), cell.streams(), cell.hops() == 0 ? "" : cell.roundTripMs() + " ms",
          result.pictures().p50Ms() - cell.propagationMs(), result.beyondMs(),
          compared ? String.format(Locale.ROOT, "%.1f", added) : "",
          !compared ? "" : added <= Cell.ADDED_MS ? "met" : "**missed**");
    }
    line("");
  }

  private @Nullable CellResult withoutHop(int streams) {
    return figures.all().stream()
        .filter(r -> r.cell().hops() == 0 && r.cell().streams() == streams && r.failure() == null)
        .findFirst()
        .orElse(null);
  }

  private void missed() {
    List<CellResult> missed =
        figures.all().stream().filter(r -> !r.met() && (r.cell().over().equals("quic") || r.failure() != null)).toList();
    if (missed.isEmpty()) {
      return;
    }
    line("## Cells that missed their bar over QUIC, or failed");
    line("");
    for (CellResult result : missed) {
      page.format("- **%s**: ", result.cell());
      if (result.failure() != null) {
        line("failed: " + result.failure().replace('\n', ' '));
        continue;
      }
      page.format(
          "%s %% in time; load average %.1f, CPU of nodes %s %%, of the load %.0f %%, %d stalls, %d of the packets never announced"
              + " themselves.%n",
          share(result.inTimePercent()), result.loadAverage(), cpu(result.cpuPercent()), result.loadCpuPercent(),
          result.stalls(), result.pictures().unseen() + result.sound().unseen());
      for (HopFigures link : result.links()) {
        page.format("  - %s%n", link(link));
      }
    }
    line("");
  }

  private static String cpu(Map<String, Double> percent) {
    return new TreeMap<>(percent).values().stream().map(p -> String.format(Locale.ROOT, "%.0f", p)).collect(Collectors.joining(", "));
  }

  private static String link(HopFigures link) {
    return String.format(
        Locale.ROOT,
        "%s with %s: %d sent, %d of them again, %d left out%s, estimate %.1f Mb/s at least; %d received, %d lost at first, %d in"
            + " the end; round trip %.0f ms",
        link.node(), link.peer(), link.sent(), link.resent(), link.droppedInAll(),
        link.dropped().isEmpty() ? "" : " " + new TreeMap<>(link.dropped()), link.leastEstimateKbps() / 1e3,
        link.received(), link.lostBefore(), link.lostAfter(), link.roundTripMs());
  }

  private void line(String text) {
    page.format("%s%n", text);
  }
}
