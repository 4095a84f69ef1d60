package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.link.Link;
import live.sluice.hop.link.LinkListener;
import live.sluice.hop.link.Links;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.media.Upstream;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/**
 * Pulls streams from the node that owns them, as the directory says, and where it knows none from foreign servers by
 * pattern. Thread-safe.
 */
public final class ClusterUpstream implements Upstream {
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
  private final Map<StreamKey, StreamPull> pulls = new ConcurrentHashMap<>();

  /**
   * Ready to pull.
   *
   * @param channels makes the client sockets, of the kind that the event loops want
   * @param packets what streams that come as packets are fed into; null where all are to come as frames
   */
  public ClusterUpstream(
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
    directory.addListener(
        new StreamDirectory.Listener() {
          @Override
          public void entryChanged(StreamKey key, @Nullable StreamEntry entry) {
            StreamPull pull = pulls.get(key);
            if (pull != null) {
              pull.stream().run(() -> pull.entryChanged(directory.lookup(key)));
            }
          }
        });
  }

  /** Says by which links and from which nodes streams are pulled; before that it is by TCP and from their owners. */
  public void setLinks(Links made, StreamRoutes from) {
    routes = from;
    links = made;
    made.addListener(
        new LinkListener() {
          @Override
          public void up(Link link) {
            suspects.remove(link.peer().id());
          }

          @Override
          public void down(Link link, String why) {
            // One that ended since nobody needed it, or beside another one, says nothing of the node.
            if (link.isLost() && made.find(link.peer().id()) == null) {
              suspects.add(link.peer().id());
            }
          }

          @Override
          public void message(Link link, ControlMessage message) {
            if (message instanceof ControlMessage.Goaway goaway) {
              // What another node can serve as well moves before this one ends it, and does not come back meanwhile.
              suspects.add(link.peer().id(), goaway.deadlineMs());
              pulls.values().forEach(pull -> pull.stream().run(pull::moveIfBetter));
            }
          }
        });
  }

  /** From now on links tell of streams only, and streams are pulled over TCP. */
  public void pullOverTcp() {
    overTcp = true;
  }

  @Override
  public Pull pull(Stream stream) {
    Session session = Session.detached(Session.Type.PULL, self.id());
    session.become(Session.Type.PULL, stream.key());
    BackOff backOff = new BackOff(settings.backOffMin(), settings.backOffMax());
    StreamPull pull = new StreamPull(stream, this, backOff, session);
    pulls.put(stream.key(), pull);
    pull.start();
    return pull;
  }

  /** The id of the node that a stream is being pulled from, or asked for; null where it is not. */
  public @Nullable String pulledFrom(StreamKey key) {
    StreamPull pull = pulls.get(key);
    return pull == null ? null : pull.from();
  }

  void stopped(StreamPull pull) {
    pulls.remove(pull.stream().key(), pull);
  }

  /** Where to connect for that stream now; null when nobody is known to have it. */
  @Nullable PullTarget resolve(StreamKey key) {
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

  /** A node did not answer: another one is asked first, where there is one. */
  void suspect(NodeInfo node) {
    suspects.add(node.id());
  }

  SourceConnection connect(Stream stream, PullTarget target, Session session, SourceConnection.Events events) {
    return switch (target) {
      case PullTarget.Node node -> connectToNode(stream, node.from(), session, events);
      case PullTarget.Foreign foreign -> connectToForeign(stream, foreign.url(), session, events);
    };
  }

  private SourceConnection connectToNode(
      Stream stream, NodeInfo from, Session session, SourceConnection.Events events) {
    Links made = links;
    if (made == null || overTcp || packets == null || from.hopPort() == 0 || unlinked.has(from.id())) {
      return connectByHttp(stream, from, session, events);
    }
    return new Ladder(
        events,
        told ->
            HopSource.open(made, stream.key(), stream.loop(), from, self.id(), session, told, ticker),
        told -> {
          unlinked.add(from.id());
          return connectByHttp(stream, from, session, told);
        },
        told -> connectByHttp(stream, from, session, told));
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

  StreamEntry foreignEntry(StreamKey key) {
    return PullTarget.foreignEntry(key, self, ticker.wallMillis());
  }

  /** What streams that come as packets are fed into; asked only where packets were. */
  RtpStreams packets() {
    return Objects.requireNonNull(packets, "packets came that nobody asked for");
  }

  Ticker ticker() {
    return ticker;
  }
}
