package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.hop.wire.TrackFields;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;

/** What is said of a stream that one node has from the other. */
final class SubscriptionMessages {
  private static final int REQUEST = 1;

  private static final int KEY = 2;
  private static final int LAYERS = 3;
  private static final int NODE = 4;
  private static final int ASKED_BY = 5;

  private static final int FORM = 2;
  private static final int EPOCH = 3;
  private static final int HEEDS_REQUESTS = 4;
  private static final int TRACK = 5;
  private static final int FLOW = 6;
  private static final int SERVED_BY = 7;

  private static final int CODE = 2;
  private static final int WHY = 3;
  private static final int OWNER = 4;

  private static final int MOST_NODES = 8;
  private static final int MOST_FLOWS = RtpStream.MAX_TRACKS * RtpStream.MAX_LAYERS;

  private SubscriptionMessages() {}

  static void write(ByteBuf out, ControlMessage.Subscribe subscribe) {
    Fields.writeNumber(out, REQUEST, subscribe.request());
    Fields.writeText(out, KEY, subscribe.key().path());
    Fields.writeNumber(out, LAYERS, subscribe.layers());
    subscribe.path().forEach(node -> Fields.writeText(out, NODE, node));
    Fields.writeText(out, ASKED_BY, subscribe.session());
  }

  static ControlMessage.Subscribe readSubscribe(ByteBuf in) {
    int[] numbers = new int[2];
    StreamKey[] key = new StreamKey[1];
    List<String> path = new ArrayList<>();
    String[] session = {""};
    Fields.read(
        in,
        (number, field) -> {
          switch (number) {
            case REQUEST -> numbers[0] = (int) Fields.number(field);
            case LAYERS -> numbers[1] = (int) Fields.number(field);
            case KEY -> key[0] = StreamKey.parse(Fields.text(field));
            case ASKED_BY -> session[0] = Fields.text(field);
            case NODE -> {
              if (path.size() == MOST_NODES) {
                throw Fields.broken("a path has more than " + MOST_NODES + " nodes");
              }
              path.add(Fields.text(field));
            }
            default -> {}
          }
        });
    if (key[0] == null) {
      throw Fields.broken("no stream is asked for");
    }
    return new ControlMessage.Subscribe(numbers[0], key[0], numbers[1], path, session[0]);
  }

  static void write(ByteBuf out, ControlMessage.Subscribed answer) {
    Fields.writeNumber(out, REQUEST, answer.request());
    Fields.writeNumber(out, FORM, answer.form() == MediaPath.FRAMES ? 1 : 0);
    Fields.writeNumber(out, EPOCH, answer.epoch());
    Fields.writeNumber(out, HEEDS_REQUESTS, answer.heedsRequests() ? 1 : 0);
    answer.tracks().forEach(track -> TrackFields.write(out, TRACK, track));
    answer
        .flows()
        .forEach(
            flow ->
                Fields.writeFields(
                    out, FLOW, () -> NumberMessages.write(out, flow.id(), flow.track(), flow.layer())));
    Fields.writeText(out, SERVED_BY, answer.session());
  }

  static ControlMessage readSubscribed(ByteBuf in) {
    long[] numbers = new long[4];
    List<RtpTrack> tracks = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    String[] session = {""};
    String[] unknown = {""};
    Fields.read(
        in,
        (number, field) -> {
          switch (number) {
            case REQUEST, FORM, EPOCH, HEEDS_REQUESTS -> numbers[number - REQUEST] = Fields.number(field);
            case TRACK -> {
              try {
                tracks.add(TrackFields.read(field, tracks.size()));
              } catch (SluiceException e) {
                if (e.code() != ErrorCode.UPSTREAM_FAILED) {
                  throw e;
                }
                unknown[0] = String.valueOf(e.getMessage());
              }
            }
            case FLOW -> flows.add(flow(field, flows.size()));
            case SERVED_BY -> session[0] = Fields.text(field);
            default -> {}
          }
        });
    if (numbers[1] < 0 || numbers[1] > 1) {
      unknown[0] = "it comes in the form " + numbers[1] + ", which this node does not know";
    }
    if (!unknown[0].isEmpty()) {
      return new ControlMessage.NotUnderstood((int) numbers[0], unknown[0]);
    }
    for (Flow flow : flows) {
      if (flow.track() >= tracks.size() || flow.layer() >= Math.max(1, tracks.get(flow.track()).layers().size())) {
        throw Fields.broken("a flow is of no track or layer");
      }
    }
    MediaPath form = numbers[1] == 1 ? MediaPath.FRAMES : MediaPath.PACKETS;
    if (form == MediaPath.PACKETS && flows.isEmpty()) {
      throw Fields.broken("packets come without a flow");
    }
    return new ControlMessage.Subscribed(
        (int) numbers[0], form, numbers[2], numbers[3] != 0, tracks, flows, session[0]);
  }

  private static Flow flow(ByteBuf fields, int before) {
    if (before == MOST_FLOWS) {
      throw Fields.broken("there are more than " + MOST_FLOWS + " flows");
    }
    long[] values = NumberMessages.read(fields, 3);
    boolean known =
        values[0] > 0
            && values[0] <= Integer.MAX_VALUE
            && values[1] >= 0
            && values[1] < RtpStream.MAX_TRACKS
            && values[2] >= 0
            && values[2] < RtpStream.MAX_LAYERS;
    if (!known) {
      throw Fields.broken("a flow has no number, or is of no track or layer");
    }
    return new Flow((int) values[0], (int) values[1], (int) values[2]);
  }

  static void write(ByteBuf out, ControlMessage.Ended ended) {
    Fields.writeNumber(out, REQUEST, ended.request());
    Fields.writeNumber(out, CODE, ended.code().number());
    Fields.writeText(out, WHY, ended.why());
    StreamEntry owner = ended.owner();
    if (owner != null) {
      NodeInfoFields.write(out, OWNER, owner);
    }
  }

  static ControlMessage.Ended readEnded(ByteBuf in) {
    long[] numbers = new long[2];
    String[] why = {""};
    StreamEntry[] owner = new StreamEntry[1];
    Fields.read(
        in,
        (number, field) -> {
          switch (number) {
            case REQUEST, CODE -> numbers[number - REQUEST] = Fields.number(field);
            case WHY -> why[0] = Fields.text(field);
            case OWNER -> owner[0] = NodeInfoFields.readEntry(field);
            default -> {}
          }
        });
    return new ControlMessage.Ended((int) numbers[0], code(numbers[1]), why[0], owner[0]);
  }

  private static ErrorCode code(long number) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.number() == number) {
        return code;
      }
    }
    return ErrorCode.UPSTREAM_FAILED;
  }
}
