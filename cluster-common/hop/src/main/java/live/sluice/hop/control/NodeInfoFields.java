package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;

/** A node, and a stream's entry, as fields of fields. */
final class NodeInfoFields {
  private static final int ID = 1;
  private static final int INCARNATION = 2;
  private static final int ROLE = 3;
  private static final int REGION = 4;
  private static final int HOST = 5;
  private static final int RTMP_PORT = 6;
  private static final int HTTP_PORT = 7;
  private static final int API_PORT = 8;
  private static final int HOP_PORT = 9;

  private static final int KEY = 1;
  private static final int OWNER = 2;
  private static final int EPOCH = 3;
  private static final int DISCONTINUITY = 4;
  private static final int CODEC = 5;

  private static final int MOST_CODECS = 16;
  private static final int MOST_PORT = 65_535;
  private static final int LONGEST_NAME = 255;

  private NodeInfoFields() {}

  static void write(ByteBuf out, int number, NodeInfo node) {
    Fields.writeFields(
        out,
        number,
        () -> {
          Fields.writeText(out, ID, node.id());
          Fields.writeNumber(out, INCARNATION, node.incarnation());
          Fields.writeNumber(out, ROLE, node.role() == NodeInfo.Role.ORIGIN ? 1 : 0);
          Fields.writeText(out, REGION, node.region());
          Fields.writeText(out, HOST, node.host());
          Fields.writeNumber(out, RTMP_PORT, node.rtmpPort());
          Fields.writeNumber(out, HTTP_PORT, node.httpPort());
          Fields.writeNumber(out, API_PORT, node.apiPort());
          Fields.writeNumber(out, HOP_PORT, node.hopPort());
        });
  }

  static NodeInfo readNode(ByteBuf value) {
    String[] texts = {"", "", ""};
    long[] incarnation = new long[1];
    boolean[] origin = new boolean[1];
    int[] ports = new int[4];
    Fields.read(
        value,
        (number, field) -> {
          switch (number) {
            case ID -> texts[0] = Fields.text(field);
            case REGION -> texts[1] = Fields.text(field);
            case HOST -> texts[2] = Fields.text(field);
            case INCARNATION -> incarnation[0] = Fields.number(field);
            // A role that a later version may have is taken for an edge: nothing is ever sent there on its own.
            case ROLE -> origin[0] = Fields.number(field) == 1;
            case RTMP_PORT, HTTP_PORT, API_PORT, HOP_PORT ->
                ports[number - RTMP_PORT] = Fields.number(field, 0, MOST_PORT);
            default -> {}
          }
        });
    if (texts[0].isEmpty() || texts[1].isEmpty()) {
      throw Fields.broken("a node has no name, or no region");
    }
    for (String text : texts) {
      checkName(text);
    }
    NodeInfo.Role role = origin[0] ? NodeInfo.Role.ORIGIN : NodeInfo.Role.EDGE;
    return new NodeInfo(
        texts[0], incarnation[0], role, texts[1], texts[2], ports[0], ports[1], ports[2], ports[3]);
  }

  /** Names stand in lists and logs: without blanks, line ends and the like. */
  private static void checkName(String name) {
    boolean good = name.length() <= LONGEST_NAME;
    for (int i = 0; good && i < name.length(); i++) {
      good = name.charAt(i) > ' ' && name.charAt(i) != 0x7f;
    }
    if (!good) {
      throw Fields.broken("a node's name, region or host is longer than " + LONGEST_NAME + " or not printable");
    }
  }

  static void write(ByteBuf out, int number, StreamEntry entry) {
    Fields.writeFields(
        out,
        number,
        () -> {
          Fields.writeText(out, KEY, entry.key().path());
          write(out, OWNER, entry.owner());
          Fields.writeNumber(out, EPOCH, entry.epoch());
          Fields.writeNumber(out, DISCONTINUITY, entry.discontinuitySequence());
          entry.codecs().forEach(codec -> Fields.writeText(out, CODEC, codec));
        });
  }

  static StreamEntry readEntry(ByteBuf value) {
    StreamKey[] key = new StreamKey[1];
    NodeInfo[] owner = new NodeInfo[1];
    long[] numbers = new long[2];
    List<String> codecs = new ArrayList<>();
    Fields.read(
        value,
        (number, field) -> {
          switch (number) {
            case KEY -> key[0] = StreamKey.parse(Fields.text(field));
            case OWNER -> owner[0] = readNode(field);
            case EPOCH -> numbers[0] = Fields.number(field);
            case DISCONTINUITY -> numbers[1] = Fields.number(field);
            case CODEC -> {
              if (codecs.size() < MOST_CODECS) {
                codecs.add(Fields.text(field));
              }
            }
            default -> {}
          }
        });
    if (key[0] == null || owner[0] == null) {
      throw Fields.broken("a stream's entry has no name, or no owner");
    }
    return new StreamEntry(key[0], owner[0], numbers[0], numbers[1], codecs);
  }
}
