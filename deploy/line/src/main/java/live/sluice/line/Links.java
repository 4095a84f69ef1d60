package live.sluice.line;

import java.util.ArrayList;
import java.util.List;

/** The ways from each region to each other one. */
final class Links {
  private static final int MOST_PACKETS = 1 << 15;

  private final List<String> names;
  private final Link[][] links;

  /**
   * Makes all of them alike.
   *
   * @param names of the regions
   * @param seed from which each way has its own
   */
  Links(List<String> names, LinkSettings settings, long seed) {
    this.names = List.copyOf(names);
    links = new Link[names.size()][names.size()];
    for (int from = 0; from < names.size(); from++) {
      for (int to = 0; to < names.size(); to++) {
        links[from][to] = new Link(settings, seed * 31 * 31 + from * 31L + to, MOST_PACKETS);
      }
    }
  }

  Link between(int from, int to) {
    return links[from][to];
  }

  /**
   * Changes settings, all or none.
   *
   * @param from name of a region, or {@code *} for each
   * @param to name of a region, or {@code *} for each
   * @param assignments such as {@code delay=40}
   * @throws IllegalArgumentException when there is no such region or setting
   */
  void set(String from, String to, List<String> assignments) {
    List<Runnable> changes = new ArrayList<>();
    for (int i : indexes(from)) {
      for (int k : indexes(to)) {
        LinkSettings settings = links[i][k].settings();
        for (String assignment : assignments) {
          settings = settings.with(assignment);
        }
        LinkSettings changed = settings;
        changes.add(() -> links[i][k].set(changed));
      }
    }
    changes.forEach(Runnable::run);
  }

  private List<Integer> indexes(String name) {
    if (name.equals("*")) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        all.add(i);
      }
      return all;
    }
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("there is no region " + name + "; there are " + String.join(", ", names));
    }
    return List.of(index);
  }

  /** Returns how each is; a region has no way to itself. */
  List<LinkReport> reports() {
    List<LinkReport> reports = new ArrayList<>();
    for (int from = 0; from < names.size(); from++) {
      for (int to = 0; to < names.size(); to++) {
        if (from != to) {
          Link link = links[from][to];
          reports.add(new LinkReport(names.get(from), names.get(to), link.settings(), link.counters()));
        }
      }
    }
    return reports;
  }
}
