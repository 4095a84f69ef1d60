package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.scan.FrameSink;
import live.sluice.bench.scan.RtmpScanner;
import live.sluice.bench.scan.ScanException;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.RtmpUrl;
import live.sluice.rtmp.chunk.ChunkReader;
import live.sluice.rtmp.chunk.ControlMessages;
import live.sluice.rtmp.chunk.MessageType;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.chunk.UserControl;
import live.sluice.rtmp.command.Command;

/**
 * The client's side of an RTMP connection: the simple handshake, commands up to a message stream, and what is owed to a
 * server from then on. It keeps no buffer that it is handed, which is why it does not use the handlers of the server's
 * own client. On its loop alone.
 */
final class RtmpSession {
  /** Told how far the session is. */
  interface Owner {
    /** There is a message stream: asks to play or publish on it. */
    void onStream(int streamId);

    /** The server said how it goes. */
    void onStatus(String level, String code, String description);
  }

  /** Chunks of ours have up to that many bytes: every server takes that. */
  static final int CHUNK_SIZE = 60_000;

  private static final int PACKET = 1536;
  private static final int DEFAULT_WINDOW = 2_500_000;
  private static final int CONNECT = 1;
  private static final int CREATE_STREAM = 4;

  private final RtmpUrl url;
  private final boolean publish;
  private final Owner owner;
  private final RtmpScanner scanner;
  private final Channel channel;

  private byte[] answer = new byte[1 + PACKET];
  private int handshake;
  private int window = DEFAULT_WINDOW;
  private long received;
  private long acknowledged;

  RtmpSession(ChannelHandlerContext ctx, RtmpUrl url, boolean publish, FrameSink frames, Owner owner) {
    this.channel = ctx.channel();
    this.url = url;
    this.publish = publish;
    this.owner = owner;
    this.scanner = new RtmpScanner(frames, this::message);
  }

  /** Sends the first packets of the handshake. */
  void begin() {
    ByteBuf out = channel.alloc().directBuffer(1 + PACKET).writeByte(3).writeLong(0);
    byte[] random = new byte[PACKET - 8];
    ThreadLocalRandom.current().nextBytes(random);
    channel.writeAndFlush(out.writeBytes(random));
  }

  /** Bytes came. */
  void bytes(ByteBuf in, int from, int to) {
    received += to - from;
    int at = handshake < 1 + 2 * PACKET ? handshake(in, from, to) : from;
    if (at < to) {
      scanner.bytes(in, at, to);
    }
    if (received - acknowledged >= Math.max(1, window / 2)) {
      acknowledged = received;
      answer(ControlMessages.acknowledgement(channel.alloc(), (int) received));
    }
  }

  /** S0, S1, S2 (section 5.2): S1 is sent back, S2 passed over. */
  private int handshake(ByteBuf in, int from, int to) {
    int bytes = Math.min(to - from, 1 + 2 * PACKET - handshake);
    int copied = Math.min(bytes, answer.length - handshake);
    if (copied > 0) {
      in.getBytes(from, answer, handshake, copied);
      if (answer[0] != 3) {
        throw new ScanException("not RTMP: the server's first byte is not 3");
      }
    }
    handshake += bytes;
    if (handshake == 1 + 2 * PACKET) {
      channel.write(channel.alloc().directBuffer(PACKET).writeBytes(answer, 1, PACKET));
      answer = new byte[0];
      connect();
    }
    return from + bytes;
  }

  private void connect() {
    AmfObject object =
        AmfObject.object()
            .put("app", url.app())
            .put("type", "nonprivate")
            .put("flashVer", "FMLE/3.0 (compatible; sluice-bench)")
            .put("tcUrl", url.tcUrl())
            .put("fpad", false)
            .put("capabilities", 15)
            .put("audioCodecs", 4071)
            .put("videoCodecs", 252)
            .put("videoFunction", 1);
    channel.writeAndFlush(
        Command.write(channel.alloc(), ChunkReader.DEFAULT_CHUNK_SIZE, 0, "connect", CONNECT, object));
  }

  private void message(int type, int streamId, byte[] body) {
    switch (type) {
      case MessageType.WINDOW_ACK_SIZE -> window = Math.max(1, body.length < 4 ? window : int32(body, 0));
      case MessageType.SET_PEER_BANDWIDTH -> {
        if (body.length >= 4) {
          answer(ControlMessages.windowAckSize(channel.alloc(), int32(body, 0)));
        }
      }
      case MessageType.USER_CONTROL -> {
        if (body.length >= 6 && (body[0] << 8 | body[1]) == UserControl.PING_REQUEST) {
          answer(ControlMessages.userControl(channel.alloc(), UserControl.PING_RESPONSE, int32(body, 2)));
        }
      }
      case MessageType.COMMAND_AMF0, MessageType.COMMAND_AMF3 -> {
        try {
          command(Command.read(new RtmpMessage(type, 0, streamId, Unpooled.wrappedBuffer(body))));
        } catch (SluiceException e) {
          throw new ScanException("RTMP: a command can't be read");
        }
      }
      default -> {}
    }
  }

  private void command(Command command) {
    switch (command.name()) {
      case "_result" -> {
        if (command.transaction() == CONNECT) {
          onConnected();
        } else if (command.transaction() == CREATE_STREAM) {
          owner.onStream((int) command.number(0, 1));
        }
      }
      case "_error", "onStatus" -> {
        AmfObject info = command.object(0);
        String level = command.name().equals("_error") ? "error" : text(info, "level");
        owner.onStatus(level, text(info, "code"), text(info, "description"));
      }
      default -> {}
    }
  }

  private static String text(AmfObject info, String name) {
    String value = info.string(name);
    return value == null ? "" : value;
  }

  private void onConnected() {
    channel.write(ControlMessages.windowAckSize(channel.alloc(), DEFAULT_WINDOW));
    channel.write(ControlMessages.setChunkSize(channel.alloc(), CHUNK_SIZE));
    if (publish) {
      write(0, "releaseStream", 2, AmfNull.NULL, url.stream());
      write(0, "FCPublish", 3, AmfNull.NULL, url.stream());
    }
    write(0, "createStream", CREATE_STREAM, AmfNull.NULL);
    channel.flush();
  }

  /** Sends a command once {@link Owner#onStream} was called; not flushed. */
  void write(int streamId, Object... values) {
    channel.write(Command.write(channel.alloc(), CHUNK_SIZE, streamId, values));
  }

  /** A peer that asks and does not read gets no answers: they would pile up. */
  private void answer(ByteBuf message) {
    if (channel.isWritable()) {
      channel.writeAndFlush(message);
    } else {
      message.release();
    }
  }

  private static int int32(byte[] bytes, int at) {
    return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
  }
}
