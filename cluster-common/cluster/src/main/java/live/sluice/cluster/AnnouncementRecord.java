package live.sluice.cluster;

import java.util.List;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;

/**
 * An announcement as it stands in the region's directory. Only the gateway that heard it writes it.
 *
 * @param gateway the node of this region that heard it; when it is gone, so is what it heard
 * @param revision grows with everything that the gateway writes in one life
 * @param announcement what it heard
 */
record AnnouncementRecord(NodeInfo gateway, long revision, Announcement announcement) {

  /** What it stands under: one for each stream, gateway and neighbour. */
  String name() {
    return name(announcement.entry().key(), gateway.id(), announcement.neighbour());
  }

  static String name(StreamKey key, String gateway, String neighbour) {
    return key.path() + ' ' + gateway + ' ' + neighbour;
  }

  /** Whether this one was written later. */
  boolean laterThan(AnnouncementRecord other) {
    return gateway.incarnation() != other.gateway.incarnation()
        ? gateway.incarnation() > other.gateway.incarnation()
        : revision > other.revision;
  }

  Fields fields() {
    StreamEntry entry = announcement.entry();
    Fields fields =
        new Fields()
            .put("key", entry.key().path())
            .put("owner", NodeFields.line(entry.owner()))
            .put("epoch", entry.epoch())
            .put("discontinuity", entry.discontinuitySequence())
            .put("codecs", entry.codecs())
            .put("path", announcement.path())
            .put("cost", announcement.cost())
            .put("gateway", NodeFields.line(gateway))
            .put("revision", revision);
    return announcement.from().equals(entry.owner()) ? fields : fields.put("from", NodeFields.line(announcement.from()));
  }

  static AnnouncementRecord from(Fields fields) {
    NodeInfo owner = NodeFields.fromLine(fields.list("owner"));
    List<String> from = fields.list("from");
    StreamEntry entry =
        new StreamEntry(
            StreamKey.parse(fields.text("key")),
            owner,
            fields.number("epoch"),
            fields.number("discontinuity"),
            fields.list("codecs"));
    return new AnnouncementRecord(
        NodeFields.fromLine(fields.list("gateway")),
        fields.number("revision"),
        new Announcement(
            entry, from.isEmpty() ? owner : NodeFields.fromLine(from), fields.list("path"), (int) fields.number("cost")));
  }
}
