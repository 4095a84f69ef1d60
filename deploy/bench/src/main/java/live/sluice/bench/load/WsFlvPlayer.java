package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.FlvScanner;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.HttpScanner;
import live.sluice.bench.scan.WsScanner;
import org.jspecify.annotations.Nullable;

/** A player of FLV over WebSocket. */
final class WsFlvPlayer extends Player implements HttpScanner.Listener, WsScanner.Control {
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;

  private final LoadLoop loop;
  private final Target target;
  private final int number;
  private final HttpScanner http = new HttpScanner(this);
  private final WsScanner frames;
  private @Nullable ChannelHandlerContext context;

  WsFlvPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop.clock(), meter);
    this.loop = loop;
    this.target = target;
    this.number = number;
    this.frames = new WsScanner(new FlvScanner(meter), this);
  }

  @Override
  public void start() {
    loop.connect(target.address(), this, receiveBytes(), this::failed);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    context = ctx;
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    String request =
        "GET " + target.request(number) + " HTTP/1.1\r\nHost: " + target.host()
            + "\r\nUser-Agent: sluice-bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key) + "\r\n\r\n";
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), request));
  }

  @Override
  void bytes(ByteBuf in, int from, int to) {
    http.bytes(in, from, to);
  }

  @Override
  public void head(HttpHead head) {
    if (head.status() != 101) {
      fail("the server answered " + head.status());
    }
  }

  @Override
  public void body(ByteBuf in, int from, int to) {
    if (!meter.isOver()) {
      frames.bytes(in, from, to);
    }
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
