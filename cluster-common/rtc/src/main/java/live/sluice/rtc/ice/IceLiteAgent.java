package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.List;
import live.sluice.rtc.ice.IceResult.Verdict;
import live.sluice.rtc.stun.IntegrityKey;
import live.sluice.rtc.stun.StunError;
import live.sluice.rtc.stun.StunMessage;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * This side of one peer's ICE session, as RFC 8445, section 2.5, has it for a server that everybody can reach: it never
 * checks by itself, only answers, and leaves the choice of the path to the peer. Nothing is sent to an address that has
 * not proved by a check with our password that the peer is there, and wrong credentials get no answer at all. Belongs
 * to one thread; times are of the monotonic clock, in ns.
 */
public final class IceLiteAgent {
  private final IceSettings settings;
  private final IcePaths paths;
  private final long createdNanos;
  private Side current;
  /** The side before a restart, until the peer uses the new one; RFC 8445, section 9. */
  private @Nullable Side previous;
  private boolean everChecked;
  private long lastCheckNanos;

  private record Side(IceCredentials credentials, IntegrityKey key) {
    static Side of(IceCredentials credentials) {
      return new Side(credentials, new IntegrityKey(credentials.pwd()));
    }
  }

  /** An agent that is told by {@code local} in our description of the session. */
  public IceLiteAgent(IceCredentials local, IceSettings settings, long nowNanos) {
    this.settings = settings;
    this.paths = new IcePaths(settings);
    this.current = Side.of(local);
    this.createdNanos = nowNanos;
    this.lastCheckNanos = nowNanos;
  }

  /** Our credentials; those of the latest restart. */
  public IceCredentials local() {
    return current.credentials();
  }

  /** Our credentials before a restart that the peer has not followed yet; else null. */
  public @Nullable IceCredentials previous() {
    return previous == null ? null : previous.credentials();
  }

  /** Where to send to the peer; null as long as it has proved no address. */
  public @Nullable IcePath selected() {
    return paths.selected();
  }

  /** Every path that the peer has proved, a copy. */
  public List<IcePath> paths() {
    return paths.all();
  }

  /** Whether packets from there are the peer's. */
  public boolean proved(InetSocketAddress from, boolean tcp) {
    return paths.contains(from, tcp);
  }

  /** There is that path no more: its connection was closed. */
  public void forget(IcePath path) {
    paths.forget(path);
  }

  /** Whether a valid check has ever come. */
  public boolean connected() {
    return everChecked;
  }

  /** When the latest valid check came; when the agent was made, before the first. */
  public long lastCheckNanos() {
    return lastCheckNanos;
  }

  /** When the agent was made. */
  public long createdNanos() {
    return createdNanos;
  }

  /** Whether the peer has sent no valid check for too long: it must be sent nothing more. RFC 7675, section 5.1. */
  public boolean expired(long nowNanos) {
    return nowNanos - lastCheckNanos > settings.consent().toNanos();
  }

  /**
   * Takes new credentials, RFC 8445, section 9: the peer is told of them, and the old ones go on being good until its
   * first check with the new ones. The path in use stays in use until then, and after that until the peer chooses
   * another.
   *
   * @return credentials that are nobody's from now on: those of a restart before this one that the peer never used;
   *     null for none
   */
  public @Nullable IceCredentials restart(IceCredentials local) {
    Side replaced = current;
    current = Side.of(local);
    if (previous == null) {
      previous = replaced;
      return null;
    }
    return replaced.credentials();
  }

  /**
   * Takes a datagram that looks like STUN.
   *
   * @param datagram what came; borrowed, no index is moved
   * @param from where it came from
   * @param tcp whether by TCP
   * @param nowNanos when
   * @param allocator of the reply
   */
  public IceResult handle(
      ByteBuf datagram, InetSocketAddress from, boolean tcp, long nowNanos, ByteBufAllocator allocator) {
    StunMessage message = StunMessage.read(datagram);
    if (message == null) {
      return IceResult.ignored(Verdict.MALFORMED);
    }
    if (message.type() != StunType.REQUEST) {
      return IceResult.ignored(Verdict.UNASKED);
    }
    Side side = sideOf(message);
    if (side == null || !message.authenticated(side.key())) {
      return IceResult.ignored(Verdict.UNAUTHENTICATED);
    }
    if (message.hasUnknown()) {
      StunWriter reply = reply(allocator, StunType.ERROR, message);
      reply.error(StunError.UNKNOWN_ATTRIBUTE).unknown(message.unknown()).end(side.key());
      return IceResult.refused(Verdict.UNKNOWN_ATTRIBUTES, reply.buffer());
    }
    if (message.controlled()) {
      // RFC 8445, section 6.1.1: of a lite and a full agent the full one chooses. The rule of section 7.3.1.1, by which
      // the greater number wins, would give that role to us now and then, who can't fill it: the peer is always told to
      // take it.
      StunWriter reply = reply(allocator, StunType.ERROR, message);
      reply.error(StunError.ROLE_CONFLICT).end(side.key());
      return IceResult.refused(Verdict.ROLE_CONFLICT, reply.buffer());
    }
    return checked(message, side, from, tcp, nowNanos, allocator);
  }

  private IceResult checked(
      StunMessage message,
      Side side,
      InetSocketAddress from,
      boolean tcp,
      long nowNanos,
      ByteBufAllocator allocator) {
    IceCredentials retired = side == current ? previous() : null;
    if (retired != null) {
      previous = null;
    }
    everChecked = true;
    lastCheckNanos = nowNanos;
    IcePaths.Change change =
        paths.checked(from, tcp, message.priority(), message.useCandidate(), nowNanos);
    StunWriter reply = reply(allocator, StunType.SUCCESS, message);
    reply.mappedAddress(from).end(side.key());
    return new IceResult(
        Verdict.CHECKED,
        reply.buffer(),
        change.path(),
        change.isNew(),
        change.isSelected(),
        change.forgotten(),
        retired);
  }

  /** Which credentials a request names; null for none of ours. */
  private @Nullable Side sideOf(StunMessage request) {
    if (request.isFor(current.credentials().ufrag())) {
      return current;
    }
    Side old = previous;
    return old != null && request.isFor(old.credentials().ufrag()) ? old : null;
  }

  private static StunWriter reply(ByteBufAllocator allocator, StunType type, StunMessage request) {
    return new StunWriter(allocator.directBuffer(StunWriter.MAX_BYTES), type, request.transactionId());
  }
}
