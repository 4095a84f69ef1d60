package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;

/** What regions tell each other of streams. */
final class RouteMessages {
  private static final int ENTRY = 1;
  private static final int FROM = 2;
  private static final int REGION = 3;
  private static final int COST = 4;
  private static final int KEY = 1;

  /** Regions that a path may have, and no more are read. */
  private static final int MOST_REGIONS = 8;

  private RouteMessages() {}

  static void write(ByteBuf out, ControlMessage.Announce announce) {
    Announcement route = announce.announcement();
    NodeInfoFields.write(out, ENTRY, route.entry());
    NodeInfoFields.write(out, FROM, route.from());
    route.path().forEach(region -> Fields.writeText(out, REGION, region));
    Fields.writeNumber(out, COST, route.cost());
  }

  static ControlMessage.Announce readAnnounce(ByteBuf in) {
    StreamEntry[] entry = new StreamEntry[1];
    NodeInfo[] from = new NodeInfo[1];
    int[] cost = new int[1];
    List<String> path = new ArrayList<>();
    Fields.read(
        in,
        (number, field) -> {
          switch (number) {
            case ENTRY -> entry[0] = NodeInfoFields.readEntry(field);
            case FROM -> from[0] = NodeInfoFields.readNode(field);
            case COST -> cost[0] = Fields.number(field, 0, 1_000_000);
            case REGION -> {
              if (path.size() == MOST_REGIONS) {
                throw Fields.broken("a path has more than " + MOST_REGIONS + " regions");
              }
              path.add(Fields.text(field));
            }
            default -> {}
          }
        });
    if (entry[0] == null || from[0] == null || path.isEmpty()) {
      throw Fields.broken("an announcement has no stream, no node to have it from, or no path");
    }
    return new ControlMessage.Announce(new Announcement(entry[0], from[0], path, cost[0]));
  }

  static void write(ByteBuf out, ControlMessage.Unannounce unannounce) {
    Fields.writeText(out, KEY, unannounce.key().path());
  }

  static ControlMessage.Unannounce readUnannounce(ByteBuf in) {
    StreamKey[] key = new StreamKey[1];
    Fields.read(
        in,
        (number, field) -> {
          if (number == KEY) {
            key[0] = StreamKey.parse(Fields.text(field));
          }
        });
    if (key[0] == null) {
      throw Fields.broken("the end of an announcement is of no stream");
    }
    return new ControlMessage.Unannounce(key[0]);
  }
}
