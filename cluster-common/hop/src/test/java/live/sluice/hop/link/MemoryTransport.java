package live.sluice.hop.link;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** A transport within a {@link World}: as far, as lossy and as cut as a test wants it. */
final class MemoryTransport implements HopTransport {
  /** What lies between all transports of a test. */
  static final class Network {
    final World world;
    final Random random = new Random(7);
    final Map<InetSocketAddress, MemoryTransport> listening = new HashMap<>();
    final List<MemoryConnection> connections = new ArrayList<>();

    /** Each way, in ms. */
    long delay = 1;

    /** Share of datagrams that get lost. */
    double loss;

    Network(World world) {
      this.world = world;
    }
  }

  private final Network network;

  /** This node, as its certificate has it; empty for none. */
  private final String certificate;

  private Function<HopConnection, ConnectionEvents> accepted =
      connection -> {
        throw new IllegalStateException("it does not listen");
      };

  MemoryTransport(Network network, String certificate) {
    this.network = network;
    this.certificate = certificate;
  }

  @Override
  public InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> taker) {
    accepted = taker;
    network.listening.put(address, this);
    return address;
  }

  @Override
  public CompletionStage<HopConnection> connect(
      InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
    CompletableFuture<HopConnection> answer = new CompletableFuture<>();
    network.world.in(2 * network.delay, () -> meet(address, events, answer));
    return answer;
  }

  private void meet(
      InetSocketAddress address,
      Function<HopConnection, ConnectionEvents> events,
      CompletableFuture<HopConnection> answer) {
    MemoryTransport other = network.listening.get(address);
    if (other == null) {
      answer.completeExceptionally(new SluiceException(ErrorCode.CONNECTION_LOST, "nobody listens at " + address));
      return;
    }
    MemoryConnection near = new MemoryConnection(network, address, other.certificate, true);
    MemoryConnection far = new MemoryConnection(network, InetSocketAddress.createUnresolved("127.0.0.1", 1), certificate, false);
    near.meet(far);
    far.meet(near);
    try {
      far.told = other.accepted.apply(far);
      near.told = events.apply(near);
    } catch (SluiceException e) {
      near.close("it is not wanted");
      answer.completeExceptionally(e);
      return;
    }
    network.connections.add(near);
    network.connections.add(far);
    answer.complete(near);
  }

  @Override
  public void close() {
    network.listening.values().remove(this);
    List.copyOf(network.connections).forEach(connection -> connection.close("the node stops"));
  }
}
