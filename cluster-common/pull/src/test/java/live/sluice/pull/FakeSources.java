package live.sluice.pull;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/** Sources that are where a test says, with the connections that were made to them and what was said of them. */
final class FakeSources implements Sources {
  private final Ticker ticker;
  final List<FakeConnection> connections = new ArrayList<>();
  final List<String> said = new ArrayList<>();
  @Nullable PullTarget target;
  boolean canLink = true;

  /** Whether the next connections are refused before they are made. */
  boolean refuses;

  FakeSources(Ticker ticker) {
    this.ticker = ticker;
  }

  static NodeInfo node(String id) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, "r", "127.0.0.1", 1, 2, 3, 4);
  }

  FakeConnection last() {
    return connections.getLast();
  }

  /** The nodes that were connected to, in order; those by link only with a sign. */
  List<String> asked() {
    return connections.stream()
        .map(made -> (PullTarget.Node) made.target)
        .map(node -> node.from().id() + (node.onlyByLink() ? " by link" : ""))
        .toList();
  }

  @Override
  public @Nullable PullTarget resolve(StreamKey key) {
    return target;
  }

  @Override
  public SourceConnection connect(
      Stream stream, PullTarget to, Session session, SourceConnection.Events events) {
    FakeConnection made = new FakeConnection(to, events);
    connections.add(made);
    if (refuses) {
      events.ended(ErrorCode.STREAM_NOT_FOUND, "not here");
    }
    return made;
  }

  @Override
  public void suspect(NodeInfo node) {
    said.add("suspect " + node.id());
  }

  @Override
  public void unlinked(NodeInfo node) {
    said.add("unlinked " + node.id());
  }

  @Override
  public boolean canLink(NodeInfo node) {
    return canLink;
  }

  @Override
  public StreamEntry foreignEntry(StreamKey key) {
    return PullTarget.foreignEntry(key, FakeDirectory.SELF, 1);
  }

  @Override
  public RtpStreams packets() {
    throw new UnsupportedOperationException("no test of these has packets");
  }

  @Override
  public Ticker ticker() {
    return ticker;
  }
}
