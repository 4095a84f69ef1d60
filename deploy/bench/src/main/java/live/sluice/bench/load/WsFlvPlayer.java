package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.ByteSink;
import live.sluice.bench.scan.FlvScanner;
import live.sluice.bench.scan.WsScanner;
import org.jspecify.annotations.Nullable;

/** A player of FLV over WebSocket. */
final class WsFlvPlayer extends HttpPlayer implements WsScanner.Control {
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;

  private final WsScanner frames;
  private @Nullable ChannelHandlerContext context;

  WsFlvPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop, target, number, meter);
    this.frames = new WsScanner(new FlvScanner(meter), this);
  }

  @Override
  String headers() {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + Base64.getEncoder().encodeToString(key)
        + "\r\n";
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    context = ctx;
    super.begin(ctx);
  }

  @Override
  int welcome() {
    return 101;
  }

  @Override
  ByteSink media() {
    return frames;
  }

  @Override
  public void end() {
    fail("the server answered without a WebSocket");
  }

  /** Section 5.5.3; what a client sends is masked, be it with zeros. */
  @Override
  public void ping(byte[] payload) {
    ChannelHandlerContext ctx = context;
    if (ctx != null && ctx.channel().isWritable()) {
      ByteBuf out = ctx.alloc().directBuffer(6 + payload.length);
      ctx.writeAndFlush(out.writeByte(PONG).writeByte(MASKED | payload.length).writeInt(0).writeBytes(payload));
    }
  }

  @Override
  public void close(int code) {
    fail("the server closed the WebSocket: " + code);
  }
}
