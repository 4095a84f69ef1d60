package live.sluice.rtmp;

import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.MessageStreams.MessageStream;
import live.sluice.rtmp.chunk.ControlMessages;
import live.sluice.rtmp.command.Command;
import live.sluice.rtmp.command.ConnectInfo;
import live.sluice.rtmp.command.Status;
import live.sluice.rtmp.command.StreamName;
import org.jspecify.annotations.Nullable;

/**
 * What each command does, and is answered with (RTMP specification, section 7.2). The answers are those that ffmpeg,
 * librtmp, OBS and VLC wait for. On the channel's loop.
 */
final class ServerCommands {
  private static final int WINDOW = 2_500_000;

  private final ServerConnection connection;
  private final MessageStreams streams;
  private final Outbox outbox;
  private final int maxUrlLength;
  private @Nullable ConnectInfo connect;

  ServerCommands(ServerConnection connection, MessageStreams streams, Outbox outbox, int maxUrlLength) {
    this.connection = connection;
    this.streams = streams;
    this.outbox = outbox;
    this.maxUrlLength = maxUrlLength;
  }

  boolean isConnected() {
    return connect != null;
  }

  /** Does what a command says; throws what ends the session. */
  void handle(Command command) {
    ConnectInfo info = connect;
    if (command.name().equals("connect")) {
      connect(command);
    } else if (info == null) {
      throw new SluiceException(
          ErrorCode.PROTOCOL_ERROR, "the command " + Shown.text(command.name()) + " came before connect");
    } else {
      onStream(command, info);
    }
  }

  private void onStream(Command command, ConnectInfo info) {
    switch (command.name()) {
      case "createStream" -> outbox.result(command.transaction(), streams.create().id());
      case "deleteStream" -> deleteStream((int) command.number(0, 0));
      case "closeStream" -> closeStream(command.streamId());
      case "publish" -> publish(command, info);
      case "play", "play2" -> play(command, info);
      case "pause", "pauseRaw" -> pause(command);
      case "seek" -> seek(command);
      case "receiveAudio" -> receive(command, MediaKind.AUDIO);
      case "receiveVideo" -> receive(command, MediaKind.VIDEO);
      case "FCPublish" -> fcPublish(command);
      case "FCUnpublish" -> fcUnpublish(command, info);
      case "FCSubscribe" -> fcSubscribe(command);
      case "getStreamLength" -> outbox.result(command.transaction(), 0);
      case "releaseStream", "_checkbw", "checkBandwidth", "FCUnsubscribe" -> done(command);
      case "_result", "_error", "onStatus", "onBWDone", "onBWCheck" -> {}
      default -> unknown(command);
    }
  }

  // ---- the connection ----

  private void connect(Command command) {
    if (connect != null) {
      throw new SluiceException(ErrorCode.PROTOCOL_ERROR, "a second connect came");
    }
    ConnectInfo info = ConnectInfo.of(command.commandObject());
    SluiceException refusal = refusal(info);
    if (refusal != null) {
      Status why = Status.error(Status.CONNECT_REJECTED, refusal.code(), String.valueOf(refusal.getMessage()));
      outbox.command(0, "_error", command.transaction(), AmfNull.NULL, why.toAmf());
      throw refusal;
    }
    connect = info;
    outbox.write(ControlMessages.windowAckSize(outbox.alloc(), WINDOW));
    outbox.write(ControlMessages.setPeerBandwidth(outbox.alloc(), WINDOW));
    outbox.setChunkSize();
    AmfObject server = AmfObject.object().put("fmsVer", "FMS/3,5,7,7009").put("capabilities", 31).put("mode", 1);
    AmfObject result =
        Status.ok(Status.CONNECT_SUCCESS, "connected")
            .toAmf()
            .put("objectEncoding", 0)
            .put("data", AmfObject.ecmaArray().put("server", "Sluice"));
    outbox.command(0, "_result", command.transaction(), server, result);
    connection.connected(info);
  }

  private @Nullable SluiceException refusal(ConnectInfo info) {
    if (info.longest() > maxUrlLength) {
      return new SluiceException(
          ErrorCode.TOO_LARGE,
          "connect holds a URL of " + info.longest() + " characters, and " + maxUrlLength + " are accepted");
    }
    if (info.app().isEmpty()) {
      return new SluiceException(ErrorCode.STREAM_NAME_INVALID, "connect names no app: use rtmp://host/app/stream");
    }
    return null;
  }

  private void done(Command command) {
    if (command.transaction() != 0) {
      outbox.result(command.transaction(), AmfNull.UNDEFINED);
    }
  }

  private void unknown(Command command) {
    if (command.transaction() != 0) {
      Status status =
          Status.error(Status.CALL_FAILED, ErrorCode.NOT_SUPPORTED, "no such command: " + Shown.text(command.name()));
      outbox.command(command.streamId(), "_error", command.transaction(), AmfNull.NULL, status.toAmf());
    }
  }

  // ---- publishing ----

  private void publish(Command command, ConnectInfo info) {
    MessageStream stream = idle(command);
    try {
      connection.publish(stream, name(command, info));
    } catch (SluiceException e) {
      outbox.status(stream.id(), Status.publishRefused(e.code(), String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private void fcPublish(Command command) {
    AmfObject status =
        AmfObject.object().put("code", Status.PUBLISH_START).put("description", "may be published: " + stream(command));
    outbox.command(0, "onFCPublish", 0, AmfNull.NULL, status);
    done(command);
  }

  /** It comes with a name and without a message stream; the publish of that name ends. */
  private void fcUnpublish(Command command, ConnectInfo info) {
    StreamName name = null;
    try {
      name = name(command, info);
    } catch (SluiceException e) {
      // A name that can't be published is not published.
    }
    for (MessageStream each : streams.all()) {
      Publishing publishing = each.publishing();
      if (publishing != null && name != null && publishing.name().key().equals(name.key())) {
        unpublished(each);
      }
    }
    AmfObject status =
        AmfObject.object().put("code", Status.UNPUBLISH_SUCCESS).put("description", "no longer published");
    outbox.command(0, "onFCUnpublish", 0, AmfNull.NULL, status);
    done(command);
  }

  private void unpublished(MessageStream stream) {
    outbox.status(stream.id(), Status.ok(Status.UNPUBLISH_SUCCESS, "no longer published"));
    stream.stop();
    connection.changed();
  }

  // ---- playing ----

  private void play(Command command, ConnectInfo info) {
    MessageStream stream = find(command);
    if (stream.playing() != null) {
      stream.stop(); // a player may go on to another name
    }
    if (!stream.isIdle()) {
      throw busy(stream.id());
    }
    try {
      StreamName name = name(command, info);
      connection.play(stream, name, command.bool(3, true));
    } catch (SluiceException e) {
      outbox.status(stream.id(), Status.playEnded(e.code(), String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private void pause(Command command) {
    Playing playing = find(command).playing();
    if (playing != null) {
      playing.pause(command.bool(0, true));
      connection.changed();
    }
  }

  /** What is live can't be sought in; the answer keeps players from waiting for it. */
  private void seek(Command command) {
    MessageStream stream = find(command);
    outbox.status(stream.id(), Status.ok(Status.SEEK, "live: there is nothing to seek in"));
    outbox.status(stream.id(), Status.ok(Status.PLAY_START, "live"));
  }

  private void receive(Command command, MediaKind kind) {
    Playing playing = find(command).playing();
    if (playing != null) {
      playing.receive(kind, command.bool(0, true));
      connection.changed();
    }
  }

  private void fcSubscribe(Command command) {
    AmfObject status = Status.ok(Status.PLAY_START, "may be played: " + stream(command)).toAmf();
    outbox.command(0, "onFCSubscribe", 0, AmfNull.NULL, status);
    done(command);
  }

  // ---- message streams ----

  private void deleteStream(int id) {
    closeStream(id);
    streams.remove(id);
  }

  private void closeStream(int id) {
    MessageStream stream = streams.find(id);
    if (stream == null || stream.isIdle()) {
      return;
    }
    if (stream.publishing() != null) {
      unpublished(stream);
    } else {
      stream.stop();
      outbox.status(id, Status.ok(Status.PLAY_STOP, "stopped"));
      connection.changed();
    }
  }

  private MessageStream find(Command command) {
    MessageStream stream = streams.find(command.streamId());
    if (stream == null) {
      throw new SluiceException(
          ErrorCode.BAD_REQUEST,
          command.name() + " came on message stream " + command.streamId() + ", which createStream did not open");
    }
    return stream;
  }

  private MessageStream idle(Command command) {
    MessageStream stream = find(command);
    if (!stream.isIdle()) {
      throw busy(stream.id());
    }
    return stream;
  }

  private static SluiceException busy(int id) {
    return new SluiceException(ErrorCode.BAD_REQUEST, "message stream " + id + " publishes or plays already");
  }

  private StreamName name(Command command, ConnectInfo info) {
    return StreamName.of(info.tcUrl(), info.app(), stream(command), connection.vhosts()::known);
  }

  private String stream(Command command) {
    String stream = command.string(0);
    if (stream == null) {
      // play2 puts it into an object.
      stream = command.object(0).string("streamName");
    }
    if (stream == null) {
      return "";
    }
    if (stream.length() > maxUrlLength) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE,
          "a stream name of " + stream.length() + " characters, and " + maxUrlLength + " are accepted");
    }
    return stream;
  }
}
