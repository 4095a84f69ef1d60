package live.sluice.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** The client's side. It signs where it is asked to: some servers of Adobe's line send H.264 to nobody else. */
public final class ClientHandshake extends HandshakeStep {
  /** A version of Flash Player that signs. */
  private static final byte[] SIGNING_VERSION = {(byte) 128, 0, 7, 2};

  private final Digest.@Nullable Scheme scheme;
  private boolean versionRead;

  /**
   * A handshake that may take {@code limitMs} ms from now on.
   *
   * @param signed whether to use the complex form
   */
  public ClientHandshake(long limitMs, boolean signed) {
    this(limitMs, signed ? Digest.Scheme.DIGEST_FIRST : null);
  }

  ClientHandshake(long limitMs, Digest.@Nullable Scheme scheme) {
    super(limitMs);
    this.scheme = scheme;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    super.handlerAdded(ctx);
    if (ctx.channel().isActive()) {
      begin(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    begin(ctx);
    super.channelActive(ctx);
  }

  private void begin(ChannelHandlerContext ctx) {
    byte[] c1 = Packets.random();
    if (scheme != null) {
      System.arraycopy(SIGNING_VERSION, 0, c1, 4, 4);
      Digest.sign(c1, scheme, Digest.CLIENT_KEY);
    }
    ctx.writeAndFlush(ctx.alloc().directBuffer(1 + Packets.SIZE).writeByte(Packets.VERSION).writeBytes(c1));
  }

  @Override
  boolean advance(ChannelHandlerContext ctx, ByteBuf in) {
    if (!versionRead) {
      checkVersion(in.readUnsignedByte(), "server");
      versionRead = true;
    }
    if (in.readableBytes() < 2 * Packets.SIZE) {
      return false;
    }
    byte[] s1 = readPacket(in);
    in.skipBytes(Packets.SIZE);
    Digest.Scheme theirs = scheme == null ? null : Digest.find(s1, Digest.SERVER_KEY);
    byte[] c2 = theirs == null ? s1 : Digest.answer(Digest.read(s1, theirs), Digest.CLIENT_KEY_SALTED);
    ctx.writeAndFlush(ctx.alloc().directBuffer(Packets.SIZE).writeBytes(c2));
    return true;
  }
}
