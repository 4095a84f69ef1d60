package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import live.sluice.rtc.dtls.DtlsEnd.Reason;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DTLS with one peer. Its methods are for any thread and never block; what they cause happens on a virtual thread of
 * the peer's own, which begins with a first ClientHello (as a server) or with {@link #start} (as a client), goes on
 * after the handshake to answer copies of the peer's last flight and to see it go, and ends with {@link
 * DtlsListener#onClosed}.
 */
public final class DtlsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsEndpoint.class);

  private enum State {
    NEW,
    RUNNING,
    CLOSED
  }

  private final DtlsRole role;
  private final GuardedCrypto crypto;
  private final DtlsSettings settings;
  private final HandshakeTurns turns;
  private final DtlsListener listener;
  private final PeerCheck check;
  private final DtlsLink link;
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private volatile boolean closing;
  private volatile @Nullable Thread waiting;

  DtlsEndpoint(
      DtlsRole role,
      GuardedCrypto crypto,
      DtlsSettings settings,
      HandshakeTurns turns,
      PeerCheck check,
      DtlsListener listener) {
    this.role = role;
    this.crypto = crypto;
    this.settings = settings;
    this.turns = turns;
    this.check = check;
    this.listener = listener;
    this.link = new DtlsLink(role, settings, turns, listener::onSend);
  }

  /** Which role is ours. */
  public DtlsRole role() {
    return role;
  }

  /**
   * Begins as a client, as soon as the peer can be sent to. Does nothing as a server, for the peer begins: until it does,
   * there is no handshake that could take a turn from others.
   */
  public void start() {
    if (role == DtlsRole.CLIENT) {
      begin();
    }
  }

  private void begin() {
    if (state.compareAndSet(State.NEW, State.RUNNING)) {
      Thread.ofVirtual().name("dtls").start(this::run);
    }
  }

  /**
   * Takes a datagram of the peer, from an address that it has proved to be at.
   *
   * @param datagram borrowed, and copied; no index is moved
   * @return false where it was dropped: too long, too many, or out of season
   */
  public boolean receive(ByteBuf datagram) {
    if (state.get() == State.NEW && role == DtlsRole.SERVER && DtlsRecord.isClientHello(datagram)) {
      begin();
    }
    return state.get() == State.RUNNING && link.offer(datagram);
  }

  /** Ends it: says so to the peer (close_notify) where the handshake is done. */
  public void close() {
    closing = true;
    if (state.compareAndSet(State.NEW, State.CLOSED)) {
      listener.onClosed(new DtlsEnd(Reason.CLOSED_HERE, "closed before it began"));
    }
    link.shut();
    Thread queued = waiting;
    if (queued != null) {
      queued.interrupt(); // it waits for nothing that is still wanted
    }
  }

  private void run() {
    DtlsEnd end;
    try {
      end = associate();
    } catch (IOException | RuntimeException e) {
      end = endOf(e);
    } catch (InterruptedException e) {
      end = closing ? new DtlsEnd(Reason.CLOSED_HERE, "closed") : new DtlsEnd(Reason.FAILED, "interrupted");
    }
    state.set(State.CLOSED);
    link.shut();
    try {
      listener.onClosed(end);
    } catch (RuntimeException e) {
      LOG.warn("a listener of DTLS failed as it was told of the end ({})", end.detail(), e);
    }
  }

  private DtlsEnd associate() throws IOException, InterruptedException {
    if (!takeTurn()) {
      if (closing) {
        return endOf(new DtlsLink.LinkShutException());
      }
      return new DtlsEnd(
          Reason.OVERLOADED, settings.maxHandshakes() + " handshakes of DTLS are under way, and stayed so");
    }
    DTLSTransport transport;
    try {
      transport = handshake();
    } finally {
      if (link.gaveUp()) {
        turns.gaveUp();
      } else {
        turns.done();
      }
    }
    link.handshakeDone();
    if (check.keys() == null) {
      throw new IllegalStateException("a handshake without keys");
    }
    listener.onKeys(check.keys());
    try {
      drain(transport);
    } finally {
      // Says close_notify, unless one of the two has said that it failed.
      transport.close();
    }
    return endOf(new DtlsLink.LinkShutException());
  }

  private boolean takeTurn() throws InterruptedException {
    waiting = Thread.currentThread();
    try {
      return !closing && turns.take(settings.handshakeTimeout());
    } finally {
      waiting = null;
    }
  }

  private DTLSTransport handshake() throws IOException {
    return switch (role) {
      case SERVER -> new DTLSServerProtocol().accept(new PassivePeer(crypto, check, settings), link);
      case CLIENT -> new DTLSClientProtocol().connect(new ActivePeer(crypto, check, settings), link);
    };
  }

  /** Reads until the end. Application data is nothing that we have agreed on: it is dropped. */
  private void drain(DTLSTransport transport) throws IOException {
    byte[] buffer = new byte[DtlsLink.MAX_RECEIVED_BYTES];
    try {
      while (!closing) {
        transport.receive(buffer, 0, buffer.length, 0);
      }
    } catch (DtlsLink.LinkShutException e) {
      // Which of the two ended it is looked at by who called.
    }
  }

  private DtlsEnd endOf(Exception e) {
    if (closing) {
      return new DtlsEnd(Reason.CLOSED_HERE, "closed");
    }
    if (check.closeNotified()) {
      return new DtlsEnd(Reason.CLOSED_BY_PEER, "the peer closed it");
    }
    if (link.gaveUp()) {
      return new DtlsEnd(
          Reason.OVERLOADED,
          "the peer was silent for " + settings.silence().toMillis() + " ms, and others waited for its turn");
    }
    return switch (e) {
      case TlsTimeoutException t ->
          new DtlsEnd(Reason.TIMED_OUT, "no handshake within " + settings.handshakeTimeout().toMillis() + " ms");
      case DtlsLink.TooManyDatagramsException t ->
          new DtlsEnd(Reason.REFUSED_HERE, settings.maxHandshakeDatagrams() + " datagrams came without a handshake");
      case TlsFatalAlertReceived alert ->
          new DtlsEnd(Reason.REFUSED_BY_PEER, "the peer says " + text(alert.getAlertDescription()));
      case TlsFatalAlert alert when alert.getAlertDescription() != AlertDescription.internal_error ->
          new DtlsEnd(Reason.REFUSED_HERE, detail(alert));
      default -> {
        LOG.debug("DTLS failed", e);
        yield new DtlsEnd(Reason.FAILED, e.toString());
      }
    };
  }

  private static String detail(TlsFatalAlert alert) {
    return alert.getMessage() == null ? text(alert.getAlertDescription()) : alert.getMessage();
  }

  private static String text(short description) {
    return AlertDescription.getText(description);
  }
}
