package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import live.sluice.rtc.stun.IntegrityKey;
import live.sluice.rtc.stun.StunError;
import live.sluice.rtc.stun.StunMessage;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * The other side of the session, for clients of our own: it chooses the one address that it was told, checks it until
 * that answers, keeps the consent alive, and answers the checks of a full agent there. Does no I/O and belongs to one
 * thread; times are of the monotonic clock, in ns.
 */
public final class IceClient {
  /** Until the first answer, checks come 50 ms after the first one, then twice as late each time up to this. */
  private static final long MAX_INTERVAL_NANOS = 500_000_000L;

  private static final long FIRST_INTERVAL_NANOS = 50_000_000L;
  private static final long KEEPALIVE_NANOS = 2_500_000_000L;

  /** Answers to this many of the latest requests count. */
  private static final int REMEMBERED = 16;

  /** A host's candidate by UDP, RFC 8445, section 5.1.2.1, as the peer would learn of it from a check. */
  private static final long PEER_REFLEXIVE_PRIORITY = (110L << 24) | (0xffffL << 8) | 255;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final IceCredentials local;
  private final IceCredentials remote;
  private final InetSocketAddress server;
  private final IntegrityKey localKey;
  private final IntegrityKey remoteKey;
  private final long tieBreaker = RANDOM.nextLong();
  private final byte[][] transactions = new byte[REMEMBERED][];

  private long requests;
  private long nextRequestNanos;
  private long lastAnswerNanos;
  private boolean connected;
  private boolean refused;

  /**
   * A client that is about to check.
   *
   * @param local its own credentials, as told to the server
   * @param remote the server's
   * @param server a candidate of the server
   */
  public IceClient(IceCredentials local, IceCredentials remote, InetSocketAddress server, long nowNanos) {
    this.local = local;
    this.remote = remote;
    this.server = server;
    this.localKey = new IntegrityKey(local.pwd());
    this.remoteKey = new IntegrityKey(remote.pwd());
    this.nextRequestNanos = nowNanos;
    this.lastAnswerNanos = nowNanos;
  }

  /** Where everything is sent to. */
  public InetSocketAddress server() {
    return server;
  }

  /** Whether the server has answered: DTLS may begin. */
  public boolean connected() {
    return connected;
  }

  /** Whether the server has answered with an error; the next good answer takes it back. */
  public boolean refused() {
    return refused;
  }

  /** When the latest good answer came; when the client was made, before the first. */
  public long lastAnswerNanos() {
    return lastAnswerNanos;
  }

  /** When to ask for the next request, in ns from now; 0 for at once. */
  public long nanosToRequest(long nowNanos) {
    return Math.max(0, nextRequestNanos - nowNanos);
  }

  /** The request that is due, the caller's to send and release; null where none is. */
  public @Nullable ByteBuf request(long nowNanos, ByteBufAllocator allocator) {
    if (nextRequestNanos - nowNanos > 0) {
      return null;
    }
    byte[] transaction = new byte[12];
    RANDOM.nextBytes(transaction);
    transactions[(int) (requests % REMEMBERED)] = transaction;
    long interval =
        connected
            ? KEEPALIVE_NANOS
            : Math.min(MAX_INTERVAL_NANOS, FIRST_INTERVAL_NANOS << Math.min(requests, 8));
    requests++;
    nextRequestNanos = nowNanos + interval;
    StunWriter request =
        new StunWriter(allocator.directBuffer(StunWriter.MAX_BYTES), StunType.REQUEST, transaction);
    request
        .username(remote.ufrag(), local.ufrag())
        .controlling(tieBreaker)
        .useCandidate()
        .priority(PEER_REFLEXIVE_PRIORITY)
        .end(remoteKey);
    return request.buffer();
  }

  /**
   * Takes a datagram that looks like STUN; borrowed, no index is moved.
   *
   * @return the answer to a check of the server, the caller's to send and release; null for none
   */
  public @Nullable ByteBuf handle(ByteBuf datagram, long nowNanos, ByteBufAllocator allocator) {
    StunMessage message = StunMessage.read(datagram);
    if (message == null) {
      return null;
    }
    return switch (message.type()) {
      case INDICATION -> null;
      case REQUEST -> answer(message, allocator);
      case SUCCESS, ERROR -> {
        answered(message, nowNanos);
        yield null;
      }
    };
  }

  private void answered(StunMessage message, long nowNanos) {
    if (!isOurs(message.transactionId()) || !message.authenticated(remoteKey)) {
      return;
    }
    refused = message.type() == StunType.ERROR;
    if (!refused) {
      lastAnswerNanos = nowNanos;
      if (!connected) {
        connected = true;
        nextRequestNanos = nowNanos + KEEPALIVE_NANOS;
      }
    }
  }

  private boolean isOurs(byte[] transaction) {
    for (byte[] one : transactions) {
      if (one != null && Arrays.equals(one, transaction)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ByteBuf answer(StunMessage request, ByteBufAllocator allocator) {
    if (!request.isFor(local.ufrag()) || !request.authenticated(localKey)) {
      return null;
    }
    StunType type = request.controlling() ? StunType.ERROR : StunType.SUCCESS;
    StunWriter reply =
        new StunWriter(allocator.directBuffer(StunWriter.MAX_BYTES), type, request.transactionId());
    if (request.controlling()) {
      reply.error(StunError.ROLE_CONFLICT).end(localKey);
    } else {
      reply.mappedAddress(server).end(localKey);
    }
    return reply.buffer();
  }
}
