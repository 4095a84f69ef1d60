package live.sluice.pull;

import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/** What the pull of a stream asks of its node: who has the stream, and connections to them. Thread-safe. */
interface Sources {
  /** Where to connect for that stream now; null when nobody is known to have it. */
  @Nullable PullTarget resolve(StreamKey key);

  /** Connects; what comes of it is told on the stream's loop, it may be before this returns. */
  SourceConnection connect(Stream stream, PullTarget target, Session session, SourceConnection.Events events);

  /** A node did not answer: another one is asked first, where there is one. */
  void suspect(NodeInfo node);

  /** No link could be made with a node: for some time none is tried. */
  void unlinked(NodeInfo node);

  /** Whether a link with a node is there, or worth a try. */
  boolean canLink(NodeInfo node);

  /** The owner that a stream of a foreign server is taken to have. */
  StreamEntry foreignEntry(StreamKey key);

  /** What streams that come as packets are fed into; asked only where packets were. */
  RtpStreams packets();

  /** The clock. */
  Ticker ticker();
}
