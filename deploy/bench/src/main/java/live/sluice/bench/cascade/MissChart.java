package live.sluice.bench.cascade;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Packets that did not come in time, as a drawing: a panel for each number of hops and streams, loss to the right, the share
 * upwards by powers of ten, a line for each round trip and way.
 */
final class MissChart {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 250;
  private static final int LEFT = 54;
  private static final int TOP = 58;
  private static final int GAP = 60;

  /** Shares in percent, from the lowest line of a panel to its highest; less is drawn as the lowest. */
  private static final double LEAST = 0.001;

  private static final double MOST = 100;
  private static final String[] COLOURS = {"#1b7f5c", "#2563c9", "#c2410c", "#7c3aed", "#64748b"};

  private final Formatter out = new Formatter(Locale.ROOT);
  private final List<CellResult> results;
  private final List<Integer> roundTrips;
  private final List<Double> losses;

  MissChart(Figures figures) {
    results = figures.all().stream().filter(r -> r.cell().hops() > 0 && r.failure() == null).toList();
    roundTrips = new ArrayList<>(new TreeSet<>(results.stream().map(r -> r.cell().roundTripMs()).toList()));
    losses = new ArrayList<>(new TreeSet<>(results.stream().map(r -> r.cell().lossPercent()).toList()));
  }

  String svg() {
    List<Integer> hops = new ArrayList<>(new TreeSet<>(results.stream().map(r -> r.cell().hops()).toList()));
    List<Integer> streams = new ArrayList<>(new TreeSet<>(results.stream().map(r -> r.cell().streams()).toList()));
    int width = LEFT + Math.max(1, streams.size()) * (WIDTH + GAP);
    int height = TOP + Math.max(1, hops.size()) * (HEIGHT + GAP);
    out.format(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' font-family='sans-serif'"
            + " font-size='12' fill='#1f2937'>",
        width, height, width, height);
    out.format("<rect width='%d' height='%d' fill='#fff'/>", width, height);
    legend();
    for (int row = 0; row < hops.size(); row++) {
      for (int column = 0; column < streams.size(); column++) {
        panel(hops.get(row), streams.get(column), LEFT + column * (WIDTH + GAP), TOP + 20 + row * (HEIGHT + GAP));
      }
    }
    return out.format("</svg>%n").toString();
  }

  private void legend() {
    out.format("<text x='%d' y='18' font-size='14' font-weight='bold'>Packets not in time, %% (less is better)</text>", LEFT);
    int x = LEFT;
    for (int i = 0; i < roundTrips.size(); i++) {
      out.format("<path d='M%d 36h24' stroke='%s' stroke-width='2.5'/>", x, colour(i));
      out.format("<text x='%d' y='40'>%d ms</text>", x + 30, roundTrips.get(i));
      x += 92;
    }
    out.format("<path d='M%d 36h24' stroke='#1f2937' stroke-width='2'/><text x='%d' y='40'>QUIC</text>", x, x + 30);
    out.format("<path d='M%d 36h24' stroke='#1f2937' stroke-width='2' stroke-dasharray='5 4'/><text x='%d' y='40'>TCP</text>", x + 80, x + 110);
    out.format("<path d='M%d 36h24' stroke='#dc2626' stroke-width='5' opacity='.35'/><text x='%d' y='40'>bar</text>", x + 152, x + 182);
  }

  private void panel(int hops, int streams, int x, int y) {
    out.format("<g transform='translate(%d %d)'>", x, y);
    out.format(
        "<text x='0' y='-8' font-weight='bold'>%d %s, %d %s of 2.5 Mb/s</text>",
        hops, hops == 1 ? "hop" : "hops", streams, streams == 1 ? "stream" : "streams");
    for (double share = LEAST; share <= MOST * 1.01; share *= 10) {
      out.format("<path d='M0 %.1fh%d' stroke='#e5e7eb'/>", up(share), WIDTH);
      String label = share < LEAST * 1.01 ? "0" : Cell.plain(Math.round(share * 1e3) / 1e3);
      out.format("<text x='-8' y='%.1f' text-anchor='end'>%s</text>", up(share) + 4, label);
    }
    for (int i = 0; i < losses.size(); i++) {
      double bar = 100 - new Cell("quic", 1, losses.get(i), 1, 1).barPercent();
      out.format("<path d='M%.1f %.1fh%.1f' stroke='#dc2626' stroke-width='5' opacity='.35'/>", across(i) - slot() / 2, up(bar), slot());
      out.format("<text x='%.1f' y='%d' text-anchor='middle'>%s %% lost</text>", across(i), HEIGHT + 18, Cell.plain(losses.get(i)));
    }
    for (int i = 0; i < roundTrips.size(); i++) {
      curve("tcp", roundTrips.get(i), streams, hops, colour(i));
      curve("quic", roundTrips.get(i), streams, hops, colour(i));
    }
    out.format("</g>");
  }

  private void curve(String over, int roundTrip, int streams, int hops, String colour) {
    StringBuilder path = new StringBuilder();
    for (CellResult result : sorted(over, roundTrip, streams, hops)) {
      double x = across(losses.indexOf(result.cell().lossPercent()));
      double y = up(100 - result.inTimePercent());
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
      out.format("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x, y, over.equals("quic") ? colour : "#fff' stroke='" + colour);
    }
    if (!path.isEmpty()) {
      String dashes = over.equals("quic") ? "" : " stroke-dasharray='5 4'";
      out.format("<path d='%s' fill='none' stroke='%s' stroke-width='2'%s/>", path, colour, dashes);
    }
  }

  private List<CellResult> sorted(String over, int roundTrip, int streams, int hops) {
    return results.stream()
        .filter(r -> r.cell().over().equals(over) && r.cell().roundTripMs() == roundTrip)
        .filter(r -> r.cell().streams() == streams && r.cell().hops() == hops)
        .sorted((a, b) -> Double.compare(a.cell().lossPercent(), b.cell().lossPercent()))
        .toList();
  }

  private static String colour(int index) {
    return COLOURS[index % COLOURS.length];
  }

  private double slot() {
    return (double) WIDTH / losses.size();
  }

  private double across(int loss) {
    return (loss + 0.5) * slot();
  }

  private static double up(double share) {
    double power = Math.log10(Math.clamp(share, LEAST, MOST) / LEAST) / Math.log10(MOST / LEAST);
    return HEIGHT * (1 - power);
  }
}
