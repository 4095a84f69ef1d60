package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import live.sluice.rtc.srtp.SrtpKeys;

/** A listener that waits, and hands what is sent to a wire. */
final class TestPeer implements DtlsListener {
  private static final long LIMIT_S = 30;

  private final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
  private final CompletableFuture<DtlsEnd> end = new CompletableFuture<>();
  private volatile Consumer<ByteBuf> wire = datagram -> {};
  private DtlsEndpoint endpoint;

  static TestPeer of(DtlsEndpoints endpoints, DtlsRole role, CertificateFingerprint remote) {
    TestPeer peer = new TestPeer();
    peer.endpoint = endpoints.endpoint(role, remote, peer);
    return peer;
  }

  DtlsEndpoint endpoint() {
    return endpoint;
  }

  /** Where datagrams go; they are lent. */
  void wire(Consumer<ByteBuf> to) {
    wire = to;
  }

  SrtpKeys keys() {
    return get(keys);
  }

  boolean hasKeys() {
    return keys.isDone() && !keys.isCompletedExceptionally();
  }

  boolean ended() {
    return end.isDone();
  }

  DtlsEnd end() {
    return get(end);
  }

  @Override
  public void onSend(ByteBuf datagram) {
    try {
      wire.accept(datagram);
    } finally {
      datagram.release();
    }
  }

  @Override
  public void onKeys(SrtpKeys exported) {
    keys.complete(exported);
  }

  @Override
  public void onClosed(DtlsEnd how) {
    end.complete(how);
    keys.completeExceptionally(new AssertionError("no keys: " + how));
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
