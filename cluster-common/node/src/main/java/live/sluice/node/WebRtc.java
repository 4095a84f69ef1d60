package live.sluice.node;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import live.sluice.bridge.StreamBridge;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.bridge.video.VideoEngine;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.config.RtcSection;
import live.sluice.node.config.RtcTranscode;
import live.sluice.pull.PullSettings;
import live.sluice.rtc.RtcHost;
import live.sluice.rtc.RtcServer;
import live.sluice.rtc.RtcSettings;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WebRTC on a node: its parts, made of the configuration, and its ports. */
final class WebRtc implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebRtc.class);

  private final RtcSection section;
  private final EventLoops loops;
  private final AudioEngine audio;
  private final @Nullable VideoEngine video;
  private final RtpStreams streams;
  private final RtcServer server;
  private final AtomicBoolean warm = new AtomicBoolean();

  /**
   * Listens nowhere yet.
   *
   * @param placement names the origin that publishers of a stream are sent to
   */
  WebRtc(
      NodeConfig config,
      NodeInfo self,
      EventLoops loops,
      Sessions sessions,
      StreamRegistry registry,
      StreamDirectory directory,
      PullSettings pull,
      Function<StreamKey, @Nullable NodeInfo> placement,
      Ticker ticker) {
    this.section = config.rtc();
    this.loops = loops;
    NativeFolder natives = natives();
    int halfOfTheCores = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.audio = new AudioEngine(natives, halfOfTheCores);
    this.video = section.transcode() == RtcTranscode.AUTO ? new VideoEngine(natives, halfOfTheCores) : null;
    this.streams = new RtpStreams(registry, new StreamBridge(audio, video, ticker), ticker, section.nackHistory());
    RtcSettings settings =
        new RtcSettings(
            section.listen(),
            section.candidates(),
            section.idleTimeout(),
            section.handshakeTimeout(),
            section.maxHandshakes(),
            section.playerWait(),
            section.maxBitrate().bitsPerSecond());
    registry.addListener(
        new StreamRegistry.Listener() {
          @Override
          public void sourceConnected(Stream stream, Publication source) {
            firstStream();
          }
        });
    this.server =
        new RtcServer(settings, sessions, streams, new Host(self, registry, directory, pull, placement), loops.list(), ticker);
  }

  /** Told at the start where there is none: a node may have no use for it, and does all that needs none. */
  private static NativeFolder natives() {
    NativeFolder natives = NativeFolder.within(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      natives.path();
    } catch (SluiceException e) {
      LOG.warn("Sound can't be transcoded between RTMP and WebRTC, nor pictures for it: {}", SluiceException.chainOf(e));
    }
    return natives;
  }

  /** Streams as packets, for other protocols that want them. */
  RtpStreams streams() {
    return streams;
  }

  RtcServer server() {
    return server;
  }

  /**
   * Opens the ports, which the caller closes.
   *
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  List<Channel> open(int port) {
    List<Channel> ports = new ArrayList<>();
    boolean epoll = loops.transport().equals("epoll");
    requireFree(port);
    for (EventLoop loop : epoll ? loops.list() : loops.list().subList(0, 1)) {
      ports.add(Listener.open(server.udp(loops.datagrams(loop), epoll), "rtc.port", section.listen(), port));
    }
    if (section.tcp()) {
      ports.add(Listener.open(server.tcp(loops.serverBootstrap()), "rtc.port", section.listen(), port));
    }
    server.listening(port, section.tcp() ? port : 0);
    return ports;
  }

  /** Sockets that share a port would share it with those of another node too, and take half of its packets each. */
  private void requireFree(int port) {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(section.listen(), port))) {
      probe.getLocalPort();
    } catch (SocketException e) {
      throw Listener.failure("rtc.port", section.listen(), port, e);
    }
  }

  /**
   * Does once what takes a JVM long the first time, on threads of its own: some now, and what takes memory when the first
   * stream is here. A node that has none stays small.
   */
  void warmUp() {
    Thread.ofVirtual().name("sluice-rtc-identity").start(server::prepare);
  }

  private void firstStream() {
    if (warm.compareAndSet(false, true)) {
      Thread.ofVirtual().name("sluice-rtc-warm-up").start(server::warmUp);
      audio.warmUp();
    }
  }

  @Override
  public void close() {
    server.close();
    audio.close();
    if (video != null) {
      video.close();
    }
  }

  /** What WebRTC asks of the node. */
  private record Host(
      NodeInfo self,
      StreamRegistry registry,
      StreamDirectory directory,
      PullSettings pull,
      Function<StreamKey, @Nullable NodeInfo> placement)
      implements RtcHost {
    @Override
    public @Nullable NodeInfo publishElsewhere(StreamKey key) {
      if (self.role() == NodeInfo.Role.ORIGIN) {
        return null;
      }
      NodeInfo origin = placement.apply(key);
      if (origin == null) {
        throw new SluiceException(
            ErrorCode.CLUSTER_UNAVAILABLE, "can't publish " + key + " here: this edge knows of no origin now");
      }
      return origin;
    }

    @Override
    public boolean mayHave(StreamKey key) {
      Stream stream = registry.find(key);
      return (stream != null && stream.source() != null)
          || directory.lookup(key) != null
          || pull.sources().stream().anyMatch(source -> source.urlFor(key) != null);
    }
  }
}
