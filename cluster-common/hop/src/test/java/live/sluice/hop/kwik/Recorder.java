package live.sluice.hop.kwik;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.InStream;

/** Remembers what a connection brought. */
final class Recorder implements ConnectionEvents {
  final List<byte[]> datagrams = new CopyOnWriteArrayList<>();
  final List<byte[]> messages = new CopyOnWriteArrayList<>();
  final List<Received> streams = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();

  /** A stream: how much it brought, and whether each byte was what its place wants. */
  static final class Received implements InStream {
    final AtomicLong bytes = new AtomicLong();
    final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private volatile boolean inOrder = true;

    @Override
    public void bytes(byte[] data) {
      long at = bytes.get();
      for (int i = 0; i < data.length; i++) {
        inOrder &= data[i] == (byte) ((at + i) % 251);
      }
      bytes.addAndGet(data.length);
    }

    @Override
    public void ended(boolean all) {
      whole.complete(all && inOrder);
    }
  }

  @Override
  public void datagram(byte[] data) {
    datagrams.add(data);
  }

  @Override
  public void control(byte[] message) {
    messages.add(message);
  }

  @Override
  public InStream stream() {
    Received made = new Received();
    streams.add(made);
    return made;
  }

  @Override
  public void closed(String why) {
    closed.complete(why);
  }
}
