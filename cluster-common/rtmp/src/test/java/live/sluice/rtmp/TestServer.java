package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.container.amf.Amf0;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.Sessions;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtmp.chunk.ChunkBounds;
import live.sluice.rtmp.chunk.ChunkReader;
import live.sluice.rtmp.chunk.ChunkWriter;
import live.sluice.rtmp.chunk.MessageType;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.Command;

/** A server with streams of its own and clients that are no sockets, all on the test's thread and clock. */
final class TestServer implements AutoCloseable {
  final ManualTicker ticker = new ManualTicker();
  final FakeDirectory directory = new FakeDirectory();
  final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), directory, ticker);
  final Sessions sessions = new Sessions(100, 10, ticker);
  final RtmpServer server;

  /** Who may play, from now on. */
  PlayGate playGate = PlayGate.OPEN;

  private final List<Client> clients = new ArrayList<>();

  TestServer() {
    this(RtmpServerSettings.defaults());
  }

  TestServer(RtmpServerSettings settings) {
    this(settings, null);
  }

  TestServer(RtmpServerSettings settings, PublishGate gate) {
    PublishGate chosen = gate == null ? PublishGate.local(registry) : gate;
    server =
        new RtmpServer(
            settings, registry, sessions, chosen, (key, param) -> playGate.check(key, param), new TestVhosts(), ticker);
  }

  /** One virtual host, and no window. */
  private static final class TestVhosts implements Vhosts {
    @Override
    public boolean known(String host) {
      return host.equals("tv.example.com");
    }

    @Override
    public long windowMs(String vhost) {
      return 0;
    }
  }

  /** A client after its handshake. */
  Client client() {
    Client client = raw();
    client.channel.writeInbound(Unpooled.buffer().writeByte(3).writeZero(1536 * 2));
    client.discard();
    return client;
  }

  /** A client before its handshake. */
  Client raw() {
    Client client = new Client();
    clients.add(client);
    return client;
  }

  /** A client that has connected to an app and has message stream 1. */
  Client connected(String app) {
    Client client = client();
    client.connect(app, "rtmp://127.0.0.1/" + app);
    client.command(0, "createStream", 2, AmfNull.NULL);
    client.received();
    return client;
  }

  /** A client that publishes to the app "live", and was told so. */
  Client publisher(String name) {
    Client client = connected("live");
    client.publish(name);
    client.received();
    return client;
  }

  /** How many sessions ended with that code. */
  long ended(ErrorCode code) {
    return sessions.ended(code);
  }

  /** Lets time go by for streams and connections. */
  void advance(long ms) {
    ticker.advance(ms);
    for (Client client : clients) {
      client.channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
    }
    run();
  }

  /** Runs what waits on the clients' loops. */
  void run() {
    for (int i = 0; i < 3; i++) {
      for (Client client : clients) {
        client.channel.runPendingTasks();
        client.channel.runScheduledPendingTasks();
      }
    }
  }

  @Override
  public void close() {
    for (Client client : clients) {
      client.channel.close();
    }
    run();
    registry.shutDown();
    run();
    for (Client client : clients) {
      client.reader.close();
      client.channel.finishAndReleaseAll();
    }
  }

  /** One client. */
  final class Client {
    final EmbeddedChannel channel;
    private final List<String> got = new ArrayList<>();
    private final ChunkReader reader =
        new ChunkReader(ChunkBounds.ofMessage(1 << 20), ByteBufAllocator.DEFAULT, this::take);

    private Client() {
      channel =
          new EmbeddedChannel(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel made) {
                  server.accepted(made, null);
                }
              });
      channel.freezeTime();
    }

    void connect(String app, String tcUrl) {
      command(0, "connect", 1, AmfObject.object().put("app", app).put("tcUrl", tcUrl).put("flashVer", "test"));
    }

    void command(int streamId, Object... values) {
      channel.writeInbound(Command.write(ByteBufAllocator.DEFAULT, 128, streamId, values));
      run();
    }

    void publish(String name) {
      command(1, "publish", 3, AmfNull.NULL, name, "live");
    }

    void play(String name) {
      command(1, "play", 3, AmfNull.NULL, name);
    }

    void media(int type, int timestamp, int... body) {
      ByteBuf out = Unpooled.buffer();
      ByteBuf bytes = Unpooled.buffer();
      for (int b : body) {
        bytes.writeByte(b);
      }
      int chunkStream = type == MessageType.VIDEO ? 6 : 4;
      ChunkWriter.begin(out, 128, chunkStream, type, timestamp, 1, body.length).body(out, bytes);
      channel.writeInbound(out);
      run();
    }

    /** As if the client read nothing, or did again. */
    void setWritable(boolean can) {
      channel.unsafe().outboundBuffer().setUserDefinedWritability(1, can);
      run();
    }

    /** One keyframe of H.264. */
    void keyframe(int timestamp) {
      media(MessageType.VIDEO, timestamp, 0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x65);
    }

    void delta(int timestamp) {
      media(MessageType.VIDEO, timestamp, 0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41);
    }

    void sound(int timestamp) {
      media(MessageType.AUDIO, timestamp, 0xaf, 1, 0x21, 0x10);
    }

    /** What was received since the last call: commands by name and code, media as {@code v40}. */
    List<String> received() {
      run();
      for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        ByteBuf bytes = (ByteBuf) out;
        reader.read(bytes);
        bytes.release();
      }
      List<String> all = List.copyOf(got);
      got.clear();
      return all;
    }

    void discard() {
      for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        ((ByteBuf) out).release();
      }
    }

    private boolean take(RtmpMessage message) {
      try {
        got.add(text(message));
      } finally {
        message.release();
      }
      return true;
    }

    private String text(RtmpMessage message) {
      ByteBuf body = message.payload();
      return switch (message.type()) {
        case MessageType.VIDEO -> "v" + message.timestamp();
        case MessageType.AUDIO -> "a" + message.timestamp();
        case MessageType.USER_CONTROL -> "control " + body.getUnsignedShort(body.readerIndex()) + " "
            + body.getInt(body.readerIndex() + 2);
        case MessageType.COMMAND_AMF0 -> command(Command.read(message));
        case MessageType.DATA_AMF0 -> "data " + Amf0.read(body);
        default -> "type " + message.type();
      };
    }

    private String command(Command command) {
      AmfObject info = command.object(0);
      String code = info.string("code");
      String what = code == null ? String.valueOf(command.values().getLast()) : code;
      return command.name() + "@" + command.streamId() + " " + what;
    }
  }
}
