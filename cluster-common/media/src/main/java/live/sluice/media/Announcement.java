package live.sluice.media;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * A stream of another region, as it was announced by a neighbour: what is known of it, and where it can be pulled from.
 *
 * @param entry the stream with its owner
 * @param from the node to pull from: the owner, or where it goes through a third region that region's hub
 * @param path names of the regions on the way, from the owner's to the one that announced it, none of them twice
 * @param cost the lower, the rather it is taken: 0 when the stream is there already
 */
public record Announcement(StreamEntry entry, NodeInfo from, List<String> path, int cost) {
  /** Most regions on the way. */
  public static final int LONGEST_PATH = 4;

  private static final int LONGEST_NAME = 255;
  private static final int MOST_CODECS = 16;

  /**
   * The order of routes: the greatest (epoch, node id), for that publish is the true one; then the least cost, the
   * shortest path, and names, so that all nodes agree.
   */
  public static final Comparator<Announcement> BEST_FIRST =
      Comparator.comparingLong((Announcement a) -> a.entry.epoch())
          .thenComparing(a -> a.entry.owner().id())
          .reversed()
          .thenComparingInt(Announcement::cost)
          .thenComparingInt(a -> a.path.size())
          .thenComparing(a -> String.join("/", a.path))
          .thenComparing(a -> a.from.id())
          .thenComparingLong(a -> -a.entry.discontinuitySequence());

  /**
   * Checks what came from another region.
   *
   * @throws SluiceException {@link ErrorCode#PROTOCOL_ERROR} for a path that is empty, too long, or has a region twice,
   *     does not begin with the owner's region or does not end with that of {@code from}, for a cost below 0, and for
   *     names that are no names or too many
   */
  public Announcement {
    path = List.copyOf(path);
    if (path.isEmpty() || path.size() > LONGEST_PATH) {
      throw wrong(entry, "its path has " + path.size() + " regions; 1 to " + LONGEST_PATH + " are taken");
    }
    path.forEach(region -> checkName(entry, region));
    checkNode(entry, entry.owner());
    checkNode(entry, from);
    if (entry.codecs().size() > MOST_CODECS) {
      throw wrong(entry, "it has " + entry.codecs().size() + " codecs; at most " + MOST_CODECS + " are taken");
    }
    entry.codecs().forEach(codec -> checkText(entry, codec, ' '));
    if (path.size() > 1 && new HashSet<>(path).size() != path.size()) {
      throw wrong(entry, "its path has a region twice");
    }
    if (!path.getFirst().equals(entry.owner().region()) || !path.getLast().equals(from.region())) {
      throw wrong(entry, "its path does not lead from its owner's region to the one that it is pulled from");
    }
    if (cost < 0) {
      throw wrong(entry, "its cost is " + cost);
    }
  }

  private static void checkNode(StreamEntry entry, NodeInfo node) {
    checkName(entry, node.id());
    checkName(entry, node.region());
    checkName(entry, node.host());
  }

  /** Names stand in lists and logs: without blanks, line ends and the like. */
  private static void checkName(StreamEntry entry, String name) {
    checkText(entry, name, '!');
  }

  private static void checkText(StreamEntry entry, String name, char least) {
    boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; good && i < name.length(); i++) {
      good = name.charAt(i) >= least && name.charAt(i) != 0x7f;
    }
    if (!good) {
      throw wrong(entry, "it has a name that is empty, longer than " + LONGEST_NAME + " characters, or not printable");
    }
  }

  /** The region that announced it. */
  public String neighbour() {
    return path.getLast();
  }

  /** Whether it is another announcement of the same way to the same publish, whatever else it says. */
  public boolean sameWay(Announcement other) {
    return entry.epoch() == other.entry.epoch()
        && entry.owner().id().equals(other.entry.owner().id())
        && from.id().equals(other.from.id())
        && path.equals(other.path);
  }

  private static SluiceException wrong(StreamEntry entry, String why) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, "the announcement of " + entry.key() + " is refused: " + why);
  }
}
