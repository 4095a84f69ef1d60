package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.rtc.ice.IceClient;

/** One candidate of the server, the socket that is connected to it, and the checks of it. On its loop alone. */
final class UdpLink extends ConnectedUdp {
  /** What it tells; of one that was closed, nothing. */
  interface Owner {
    /** The socket can be used. */
    void onOpen(UdpLink link);

    /** A datagram came; borrowed, and writable. */
    void onDatagram(UdpLink link, ByteBuf bytes);

    /** What had come at one moment is complete. */
    void onReadComplete();

    /** The system says that nobody listens there. */
    void onUnreachable(UdpLink link);
  }

  private final IceClient ice;
  private final Owner owner;
  private final long begunNanos = System.nanoTime();

  UdpLink(IceClient ice, Owner owner) {
    this.ice = ice;
    this.owner = owner;
  }

  IceClient ice() {
    return ice;
  }

  /** When it was begun with. */
  long begunNanos() {
    return begunNanos;
  }

  @Override
  protected void onOpen() {
    owner.onOpen(this);
  }

  @Override
  protected void onDatagram(ByteBuf bytes) {
    owner.onDatagram(this, bytes);
  }

  @Override
  protected void onReadComplete() {
    owner.onReadComplete();
  }

  @Override
  protected void onFailed(Throwable cause) {
    owner.onUnreachable(this);
  }
}
