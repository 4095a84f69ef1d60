package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.FlvScanner;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.HttpScanner;

/** A player of HTTP-FLV. */
final class FlvPlayer extends Player implements HttpScanner.Listener {
  private final LoadLoop loop;
  private final Target target;
  private final int number;
  private final FlvScanner flv;
  private final HttpScanner http = new HttpScanner(this);

  FlvPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop.clock(), meter);
    this.loop = loop;
    this.target = target;
    this.number = number;
    this.flv = new FlvScanner(meter);
  }

  @Override
  public void start() {
    loop.connect(target.address(), this, receiveBytes(), this::failed);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    String request =
        "GET " + target.request(number) + " HTTP/1.1\r\nHost: " + target.host()
            + "\r\nUser-Agent: sluice-bench\r\nAccept: */*\r\n\r\n";
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), request));
  }

  @Override
  void bytes(ByteBuf in, int from, int to) {
    http.bytes(in, from, to);
  }

  @Override
  public void head(HttpHead head) {
    if (head.status() != 200) {
      fail("the server answered " + head.status());
    }
  }

  @Override
  public void body(ByteBuf in, int from, int to) {
    if (!meter.isOver()) {
      flv.bytes(in, from, to);
    }
  }

  @Override
  public void end() {
    fail("the stream ended");
  }
}
