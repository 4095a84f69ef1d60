package live.sluice.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a line is, and how that is written on the wire: a line of text for each report.
 *
 * @param links every way in each direction
 * @param regions every region
 */
public record LineStatus(List<LinkReport> links, List<RegionReport> regions) {
  static String line(LinkReport report) {
    LinkCounters counters = report.counters();
    return "link " + report.from() + " " + report.to() + " " + report.settings().text() + " packets="
        + counters.packets() + " bytes=" + counters.bytes() + " lost=" + counters.lost() + " queue-drops="
        + counters.queueDrops() + " cut-drops=" + counters.cutDrops();
  }

  static String line(RegionReport report) {
    return "region " + report.region() + " overruns=" + report.overruns() + " oversized=" + report.oversized();
  }

  /** Reads what {@link #line} has written. */
  static LineStatus parse(List<String> lines) {
    List<LinkReport> links = new ArrayList<>();
    List<RegionReport> regions = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      Map<String, String> values = new HashMap<>();
      LinkSettings settings = LinkSettings.NONE;
      for (String word : words) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          values.put(word.substring(0, equals), word.substring(equals + 1));
        }
      }
      if (words[0].equals("link")) {
        for (String name : List.of("delay", "jitter", "loss", "rate", "queue", "cut")) {
          settings = settings.with(name + "=" + values.get(name));
        }
        links.add(new LinkReport(words[1], words[2], settings, counters(values)));
      } else if (words[0].equals("region")) {
        regions.add(new RegionReport(words[1], number(values, "overruns"), number(values, "oversized")));
      }
    }
    return new LineStatus(List.copyOf(links), List.copyOf(regions));
  }

  private static LinkCounters counters(Map<String, String> values) {
    return new LinkCounters(
        number(values, "packets"),
        number(values, "bytes"),
        number(values, "lost"),
        number(values, "queue-drops"),
        number(values, "cut-drops"));
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
