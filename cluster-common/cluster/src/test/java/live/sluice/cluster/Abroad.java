package live.sluice.cluster;

import java.util.List;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;

/** Streams of other regions, as they are announced. */
final class Abroad {
  private Abroad() {}

  static NodeInfo node(String id, String region) {
    return new NodeInfo(id, 7, NodeInfo.Role.ORIGIN, region, "192.0.2.1", 1935, 8080, 1985, 8001);
  }

  /** By the owner's own region. */
  static Announcement direct(StreamKey key, String region, long epoch) {
    NodeInfo owner = node("owner-of-" + region, region);
    return new Announcement(new StreamEntry(key, owner, epoch, 3, List.of("H264")), owner, List.of(region), 10);
  }

  /** By a third region. */
  static Announcement by(String third, Announcement direct, int cost) {
    return new Announcement(direct.entry(), node("hub-of-" + third, third), List.of(direct.path().getFirst(), third), cost);
  }
}
