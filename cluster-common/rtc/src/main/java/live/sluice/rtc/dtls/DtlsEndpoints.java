package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.sluice.rtc.srtp.SrtpKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the endpoints of a node, which share its identity and its bound of handshakes at once. Any thread. */
public final class DtlsEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsEndpoints.class);

  private final DtlsIdentity identity;
  private final DtlsSettings settings;
  private final GuardedCrypto crypto = new GuardedCrypto();
  private final HandshakeTurns turns;

  /** Endpoints of who has that identity. */
  public DtlsEndpoints(DtlsIdentity identity, DtlsSettings settings) {
    this.identity = identity;
    this.settings = settings;
    this.turns = new HandshakeTurns(settings.maxHandshakes());
  }

  /** Who we are. */
  public DtlsIdentity identity() {
    return identity;
  }

  /** Handshakes that are under way. */
  public int handshakes() {
    return turns.taken();
  }

  /** Handshakes that wait for their turn; an estimate. */
  public int waiting() {
    return turns.waiting();
  }

  /**
   * Makes an endpoint.
   *
   * @param role ours
   * @param remote fingerprint of the peer's certificate, as its SDP tells it
   * @param listener what is told of it
   */
  public DtlsEndpoint endpoint(DtlsRole role, CertificateFingerprint remote, DtlsListener listener) {
    return new DtlsEndpoint(
        role, crypto, settings, turns, new PeerCheck(crypto, identity, remote), listener);
  }

  /**
   * Shakes hands with itself, in both roles: the first times take a JVM up to a quarter of a second each, which no
   * player should wait for. Blocks for as long; a failure is logged and is none of the caller's.
   *
   * @param times how often
   */
  public void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      WarmPeer server = new WarmPeer();
      WarmPeer client = new WarmPeer();
      server.connect(endpoint(DtlsRole.SERVER, identity.fingerprint(), server), client);
      client.connect(endpoint(DtlsRole.CLIENT, identity.fingerprint(), client), server);
      client.endpoint().start();
      try {
        server.keys.get(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        client.keys.get(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("DTLS could not be warmed up", e);
        return;
      } finally {
        client.endpoint().close();
        server.endpoint().close();
      }
    }
  }

  /** One side, whose datagrams go to the other. */
  private static final class WarmPeer implements DtlsListener {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    private final CompletableFuture<DtlsEndpoint> own = new CompletableFuture<>();
    private final CompletableFuture<WarmPeer> other = new CompletableFuture<>();

    void connect(DtlsEndpoint endpoint, WarmPeer peer) {
      own.complete(endpoint);
      other.complete(peer);
    }

    DtlsEndpoint endpoint() {
      return own.join();
    }

    @Override
    public void onSend(ByteBuf datagram) {
      other.join().endpoint().receive(datagram);
      datagram.release();
    }

    @Override
    public void onKeys(SrtpKeys exported) {
      keys.complete(exported);
    }

    @Override
    public void onClosed(DtlsEnd end) {
      keys.completeExceptionally(new IllegalStateException(end.toString()));
    }
  }
}
