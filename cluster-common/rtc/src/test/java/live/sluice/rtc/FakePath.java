package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtp.wire.Demux;

/** A connection that writes down what happens to it. */
final class FakePath implements PeerPath {
  /** Kinds of what was sent, and "proved" and "closed". */
  final List<String> events = new CopyOnWriteArrayList<>();

  private final IcePath path;
  private volatile Consumer<ByteBuf> dtls = datagram -> {};

  FakePath(InetSocketAddress remote) {
    this.path = new IcePath(remote, true);
  }

  /** Where handshakes go; they are lent. */
  void dtls(Consumer<ByteBuf> to) {
    dtls = to;
  }

  @Override
  public IcePath path() {
    return path;
  }

  @Override
  public boolean takesTrains() {
    return false;
  }

  @Override
  public void send(ByteBuf datagram) {
    Demux.Kind kind = Demux.kindOf(datagram);
    events.add(kind.name());
    if (kind == Demux.Kind.DTLS) {
      dtls.accept(datagram);
    }
    datagram.release();
  }

  @Override
  public void sendTrain(ByteBuf datagrams, int segment) {
    send(datagrams);
  }

  @Override
  public void proved() {
    events.add("proved");
  }

  @Override
  public void close() {
    events.add("closed");
  }
}
