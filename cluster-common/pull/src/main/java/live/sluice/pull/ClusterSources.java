package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import live.sluice.hop.link.Links;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that the directory and the routes name, those that did not answer lately last, and foreign servers by pattern
 * where there are none. Thread-safe.
 */
final class ClusterSources implements Sources {
  private final StreamDirectory directory;
  private final NodeInfo self;
  private final NodeCredential credential;
  private final PullSettings settings;
  private final ChannelFactory<? extends Channel> channels;
  private final RtmpSource rtmp;
  private final @Nullable RtpStreams packets;
  private final Ticker ticker;
  private final Suspects suspects;
  private final Suspects unlinked;
  private volatile @Nullable Links links;
  private volatile StreamRoutes routes = StreamRoutes.OWNER;
  private volatile boolean overTcp;

  ClusterSources(
      StreamDirectory directory,
      NodeInfo self,
      NodeCredential credential,
      PullSettings settings,
      ChannelFactory<? extends Channel> channels,
      @Nullable RtpStreams packets,
      Ticker ticker) {
    this.directory = directory;
    this.self = self;
    this.credential = credential;
    this.settings = settings;
    this.channels = channels;
    this.rtmp = new RtmpSource(channels, settings);
    this.packets = packets;
    this.ticker = ticker;
    this.suspects = new Suspects(ticker);
    this.unlinked = new Suspects(ticker);
  }

  /** Says by which links and from which nodes; before that it is by TCP and from owners. */
  void setLinks(Links made, StreamRoutes from) {
    routes = from;
    links = made;
  }

  /** From now on nothing is pulled by links. */
  void pullOverTcp() {
    overTcp = true;
  }

  @Override
  public @Nullable PullTarget resolve(StreamKey key) {
    StreamEntry entry = directory.lookup(key);
    if (entry != null && !entry.owner().id().equals(self.id())) {
      NodeInfo from = best(entry);
      if (from != null) {
        return new PullTarget.Node(entry, from);
      }
    }
    for (ForeignSource source : settings.sources()) {
      String url = source.urlFor(key);
      if (url != null) {
        return new PullTarget.Foreign(url);
      }
    }
    return null;
  }

  private @Nullable NodeInfo best(StreamEntry entry) {
    List<NodeInfo> nodes = routes.of(entry, suspects::has);
    for (NodeInfo node : nodes) {
      if (!suspects.has(node.id())) {
        return node;
      }
    }
    return nodes.isEmpty() ? null : nodes.getFirst();
  }

  /** Whether others are asked before that node now. */
  boolean isSuspected(String node) {
    return suspects.has(node);
  }

  @Override
  public void suspect(NodeInfo node) {
    suspects.add(node.id());
  }

  /** A node has said that it goes: others are asked first, for {@code ms} at least. */
  void goes(NodeInfo node, long ms) {
    suspects.add(node.id(), ms);
  }

  /** A link with a node is up. */
  void linked(NodeInfo node) {
    suspects.remove(node.id());
    unlinked.remove(node.id());
  }

  @Override
  public void unlinked(NodeInfo node) {
    unlinked.add(node.id());
  }

  @Override
  public boolean canLink(NodeInfo node) {
    return !unlinked.has(node.id());
  }

  @Override
  public SourceConnection connect(
      Stream stream, PullTarget target, Session session, SourceConnection.Events events) {
    return switch (target) {
      case PullTarget.Node node -> connectToNode(stream, node, session, events);
      case PullTarget.Foreign foreign -> connectToForeign(stream, foreign.url(), session, events);
    };
  }

  private SourceConnection connectToNode(
      Stream stream, PullTarget.Node target, Session session, SourceConnection.Events events) {
    NodeInfo from = target.from();
    Links made = links;
    if (made == null || overTcp || packets == null || from.hopPort() == 0) {
      return connectByHttp(stream, from, session, events);
    }
    Function<SourceConnection.Events, SourceConnection> byLink =
        told -> HopSource.open(made, stream.key(), stream.loop(), from, self.id(), session, told, ticker);
    if (target.onlyByLink()) {
      return byLink.apply(events);
    }
    return new Ladder(
        events, byLink, told -> connectByHttp(stream, from, session, told), canLink(from), () -> unlinked(from));
  }

  private SourceConnection connectByHttp(
      Stream stream, NodeInfo from, Session session, SourceConnection.Events events) {
    String path = NodePaths.flv(stream.key());
    return HttpSource.open(
        stream.loop(),
        channels,
        InetSocketAddress.createUnresolved(from.host(), from.httpPort()),
        NodePaths.withVhost(path, stream.key(), "latency=realtime"),
        settings,
        session,
        events,
        headers -> addNodeHeaders(headers, path, session),
        ticker,
        packets != null);
  }

  private void addNodeHeaders(HttpHeaders headers, String path, Session session) {
    headers
        .set(NodeCredential.HEADER, credential.sign(self.id(), path))
        .set(NodeCredential.PATH_HEADER, self.id())
        .set(NodeCredential.SESSION_HEADER, session.id());
  }

  private SourceConnection connectToForeign(
      Stream stream, String url, Session session, SourceConnection.Events events) {
    URI uri = URI.create(url);
    if ("rtmp".equals(uri.getScheme())) {
      return rtmp.open(stream, url, session, events);
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return HttpSource.open(
        stream.loop(),
        channels,
        InetSocketAddress.createUnresolved(uri.getHost(), port),
        uri.getRawPath() + query,
        settings,
        session,
        events,
        headers -> {},
        ticker,
        false);
  }

  @Override
  public StreamEntry foreignEntry(StreamKey key) {
    return PullTarget.foreignEntry(key, self, ticker.wallMillis());
  }

  @Override
  public RtpStreams packets() {
    return Objects.requireNonNull(packets, "packets came that nobody asked for");
  }

  @Override
  public Ticker ticker() {
    return ticker;
  }
}
