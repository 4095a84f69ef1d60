package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.media.NodeInfo;

/** What is said of the link itself, and of the nodes behind it. */
final class LinkMessages {
  private static final int NODE = 1;
  private static final int VERSION = 2;
  private static final int STANDING = 3;

  private static final int LOADED = 1;
  private static final int LOADED_NODE = 1;
  private static final int STREAMS = 2;
  private static final int PLAYERS = 3;

  private static final int DEADLINE = 1;

  /** Nodes of a region that are taken. */
  private static final int MOST_NODES = 1000;

  /** Bytes from which on no more nodes are told: a message holds 64 KB, which are some 400 of them. */
  private static final int MOST_BYTES = 60 << 10;

  private LinkMessages() {}

  static void write(ByteBuf out, ControlMessage.Hello hello) {
    NodeInfoFields.write(out, NODE, hello.node());
    Fields.writeNumber(out, VERSION, hello.version());
    Fields.writeNumber(out, STANDING, hello.standing() ? 1 : 0);
  }

  static ControlMessage.Hello readHello(ByteBuf in) {
    NodeInfo[] node = new NodeInfo[1];
    int[] version = new int[1];
    boolean[] standing = new boolean[1];
    Fields.read(
        in,
        (number, field) -> {
          switch (number) {
            case NODE -> node[0] = NodeInfoFields.readNode(field);
            case VERSION -> version[0] = Fields.number(field, 1, Integer.MAX_VALUE);
            case STANDING -> standing[0] = Fields.number(field) != 0;
            default -> {}
          }
        });
    if (node[0] == null || version[0] == 0) {
      throw Fields.broken("a greeting has no node, or no version");
    }
    return new ControlMessage.Hello(node[0], version[0], standing[0]);
  }

  static void write(ByteBuf out, ControlMessage.Nodes nodes) {
    for (NodeLoad load : nodes.nodes()) {
      if (out.writerIndex() > MOST_BYTES) {
        return;
      }
      Fields.writeFields(
          out,
          LOADED,
          () -> {
            NodeInfoFields.write(out, LOADED_NODE, load.node());
            Fields.writeNumber(out, STREAMS, load.streams());
            Fields.writeNumber(out, PLAYERS, load.players());
          });
    }
  }

  static ControlMessage.Nodes readNodes(ByteBuf in) {
    List<NodeLoad> nodes = new ArrayList<>();
    Fields.read(
        in,
        (number, field) -> {
          if (number == LOADED && nodes.size() < MOST_NODES) {
            nodes.add(load(field));
          }
        });
    return new ControlMessage.Nodes(nodes);
  }

  private static NodeLoad load(ByteBuf value) {
    NodeInfo[] node = new NodeInfo[1];
    int[] numbers = new int[2];
    Fields.read(
        value,
        (number, field) -> {
          switch (number) {
            case LOADED_NODE -> node[0] = NodeInfoFields.readNode(field);
            case STREAMS, PLAYERS -> numbers[number - STREAMS] = Fields.number(field, 0, Integer.MAX_VALUE);
            default -> {}
          }
        });
    if (node[0] == null) {
      throw Fields.broken("a node's load is of no node");
    }
    return new NodeLoad(node[0], numbers[0], numbers[1]);
  }

  static void write(ByteBuf out, ControlMessage.Goaway goaway) {
    Fields.writeNumber(out, DEADLINE, goaway.deadlineMs());
  }

  static ControlMessage.Goaway readGoaway(ByteBuf in) {
    return new ControlMessage.Goaway(NumberMessages.read(in, DEADLINE)[0]);
  }
}
