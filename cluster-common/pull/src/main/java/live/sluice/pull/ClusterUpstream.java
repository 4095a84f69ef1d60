package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import java.util.Map;
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
  private final NodeInfo self;
  private final PullSettings settings;
  private final ClusterSources sources;
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
    this.self = self;
    this.settings = settings;
    this.sources = new ClusterSources(directory, self, credential, settings, channels, packets, ticker);
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
    sources.setLinks(made, from);
    made.addListener(
        new LinkListener() {
          @Override
          public void up(Link link) {
            sources.linked(link.peer());
          }

          @Override
          public void down(Link link, String why) {
            // One that ended since nobody needed it, or beside another one, says nothing of the node.
            if (link.isLost() && made.find(link.peer().id()) == null) {
              sources.suspect(link.peer());
            }
          }

          @Override
          public void message(Link link, ControlMessage message) {
            if (message instanceof ControlMessage.Goaway goaway) {
              // What another node can serve as well moves before this one ends it, and does not come back meanwhile.
              sources.goes(link.peer(), goaway.deadlineMs());
              pulls.values().forEach(pull -> pull.stream().run(pull::moveIfBetter));
            }
          }
        });
  }

  /** From now on links tell of streams only, and streams are pulled over TCP. */
  public void pullOverTcp() {
    sources.pullOverTcp();
  }

  @Override
  public Pull pull(Stream stream) {
    Session session = Session.detached(Session.Type.PULL, self.id());
    session.become(Session.Type.PULL, stream.key());
    BackOff backOff = new BackOff(settings.backOffMin(), settings.backOffMax());
    StreamPull pull = new StreamPull(stream, sources, backOff, session, ended -> pulls.remove(stream.key(), ended));
    pulls.put(stream.key(), pull);
    pull.start();
    return pull;
  }

  /** The id of the node that a stream is being pulled from, or asked for; null where it is not. */
  public @Nullable String pulledFrom(StreamKey key) {
    StreamPull pull = pulls.get(key);
    return pull == null ? null : pull.from();
  }

  /** Whether a node is passed over now where another one can serve: it did not answer lately, or said that it goes. */
  public boolean isSuspected(String node) {
    return sources.isSuspected(node);
  }
}
