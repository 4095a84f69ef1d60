package live.sluice.node.regions;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.link.Links;
import live.sluice.hop.testing.ScriptedConnection;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/** The nodes of other regions, which say what a test wants and write down what they are told. */
final class FakeRegions implements HopTransport {
  /** The addresses that were dialled. */
  final List<String> dialled = new ArrayList<>();

  final List<Peer> peers = new ArrayList<>();

  /** Who is there when this node dials; null for nobody. */
  @Nullable NodeInfo answers;

  /** Lets what was said be heard. */
  private final Runnable settle;

  private @Nullable Function<HopConnection, ConnectionEvents> accepted;

  FakeRegions(Runnable settle) {
    this.settle = settle;
  }

  @Override
  public InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> taker) {
    accepted = taker;
    return address;
  }

  @Override
  public CompletionStage<HopConnection> connect(
      InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
    dialled.add(address.getHostString() + ':' + address.getPort());
    NodeInfo there = answers;
    if (there == null) {
      return CompletableFuture.failedFuture(new SluiceException(ErrorCode.CONNECTION_LOST, "nobody answers"));
    }
    return CompletableFuture.completedFuture(meet(there, true, false, events));
  }

  /** Another node dials this one. */
  Peer dial(Links to, NodeInfo by, boolean standing) {
    to.listen(InetSocketAddress.createUnresolved("self", 1));
    Peer made = meet(by, false, standing, Objects.requireNonNull(accepted));
    settle.run();
    return made;
  }

  private Peer meet(
      NodeInfo there, boolean wasDialled, boolean standing, Function<HopConnection, ConnectionEvents> events) {
    Peer peer = new Peer(wasDialled, new ArrayList<>());
    peers.add(peer);
    peer.meet(events.apply(peer));
    peer.greet(new ControlMessage.Hello(there, 1, standing));
    return peer;
  }

  @Override
  public void close() {
    // Connections are closed by those who have them.
  }

  /** One of them, and the connection with it. */
  final class Peer extends ScriptedConnection {
    /** What it was told, but for greetings. */
    final List<ControlMessage> heard;

    private Peer(boolean dialled, List<ControlMessage> heard) {
      super(dialled, heard);
      this.heard = heard;
    }

    private void greet(ControlMessage.Hello hello) {
      super.say(hello);
    }

    @Override
    public void say(ControlMessage message) {
      super.say(message);
      settle.run();
    }

    void breakOff() {
      close("it broke off");
      settle.run();
    }

    <M extends ControlMessage> List<M> heard(Class<M> kind) {
      return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }
}
