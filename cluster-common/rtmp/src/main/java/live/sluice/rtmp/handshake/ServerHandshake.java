package live.sluice.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The server's side. A client that puts a version into its C1 and signs it gets signed answers; every other one gets
 * the simple ones. C2 is not looked at: clients fill it with all kinds of things.
 */
public final class ServerHandshake extends HandshakeStep {
  /** What S1 says where C1 was signed: a version that players know to be signed itself. */
  private static final byte[] SIGNING_VERSION = {4, 5, 0, 1};

  private boolean versionRead;
  private boolean answered;

  /** A handshake that may take {@code limitMs} ms from now on. */
  public ServerHandshake(long limitMs) {
    super(limitMs);
  }

  @Override
  boolean advance(ChannelHandlerContext ctx, ByteBuf in) {
    if (!versionRead) {
      checkVersion(in.readUnsignedByte(), "client");
      versionRead = true;
    }
    if (!answered && in.readableBytes() >= Packets.SIZE) {
      answer(ctx, readPacket(in));
      answered = true;
    }
    if (!answered || in.readableBytes() < Packets.SIZE) {
      return false;
    }
    in.skipBytes(Packets.SIZE);
    return true;
  }

  private static void answer(ChannelHandlerContext ctx, byte[] c1) {
    byte[] s1 = Packets.random();
    byte[] s2 = c1; // section 5.2.4: an echo
    Digest.Scheme scheme = hasVersion(c1) ? Digest.find(c1, Digest.CLIENT_KEY) : null;
    if (scheme != null) {
      System.arraycopy(SIGNING_VERSION, 0, s1, 4, 4);
      Digest.sign(s1, scheme, Digest.SERVER_KEY);
      s2 = Digest.answer(Digest.read(c1, scheme), Digest.SERVER_KEY_SALTED);
    }
    ByteBuf out = ctx.alloc().directBuffer(1 + 2 * Packets.SIZE);
    out.writeByte(Packets.VERSION).writeBytes(s1).writeBytes(s2);
    ctx.writeAndFlush(out);
  }

  private static boolean hasVersion(byte[] c1) {
    return (c1[4] | c1[5] | c1[6] | c1[7]) != 0;
  }
}
