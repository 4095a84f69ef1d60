package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import live.sluice.rtc.stun.IntegrityKey;
import live.sluice.rtc.stun.StunMessage;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;

/** What a peer sends to an agent, made by hand, and what it gets. */
final class Checks {
  static final InetSocketAddress HOME = new InetSocketAddress("203.0.113.1", 40001);
  static final InetSocketAddress AWAY = new InetSocketAddress("198.51.100.2", 40002);
  static final long SECOND = 1_000_000_000L;
  static final long MS = 1_000_000L;

  private Checks() {}

  /** A nominating check of a full agent, as browsers send. */
  static ByteBuf nominating(IceCredentials asked, long priority) {
    return request(asked, w -> w.controlling(7).useCandidate().priority(priority));
  }

  /** A check that nominates nothing. */
  static ByteBuf plain(IceCredentials asked, long priority) {
    return request(asked, w -> w.controlling(7).priority(priority));
  }

  static ByteBuf request(IceCredentials asked, Consumer<StunWriter> attributes) {
    ByteBuf out = Unpooled.buffer();
    StunWriter writer = new StunWriter(out, StunType.REQUEST, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    writer.username(asked.ufrag(), "peer");
    attributes.accept(writer);
    writer.end(new IntegrityKey(asked.pwd()));
    return out;
  }

  /** Reads a reply that must be signed with the password of who was asked, and releases it. */
  static Reply reply(IceResult result, IceCredentials asked) {
    ByteBuf bytes = result.reply();
    try {
      StunMessage message = StunMessage.read(bytes);
      return new Reply(
          message.type(),
          message.errorCode(),
          message.mappedAddress(),
          message.authenticated(new IntegrityKey(asked.pwd())),
          bytes.readableBytes());
    } finally {
      bytes.release();
    }
  }

  record Reply(StunType type, int error, InetSocketAddress mapped, boolean signed, int length) {}
}
