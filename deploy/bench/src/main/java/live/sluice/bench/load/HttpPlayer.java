package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.ByteSink;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.HttpScanner;

/** A player with one request, the answer to which does not end. */
abstract class HttpPlayer extends Player implements HttpScanner.Listener {
  private final LoadLoop loop;
  private final Target target;
  private final int number;
  private final HttpScanner http = new HttpScanner(this);

  HttpPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop.clock(), meter);
    this.loop = loop;
    this.target = target;
    this.number = number;
  }

  /** Headers of the request beside the usual ones, each with its line's end. */
  abstract String headers();

  /** The status that says that media comes. */
  abstract int welcome();

  /** What takes the body. */
  abstract ByteSink media();

  @Override
  public final void start() {
    loop.connect(target.address(), this, receiveBytes(), this::failed);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    String request =
        "GET " + target.request(number) + " HTTP/1.1\r\nHost: " + target.host() + "\r\nUser-Agent: sluice-bench\r\n"
            + headers() + "\r\n";
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), request));
  }

  @Override
  final void bytes(ByteBuf in, int from, int to) {
    http.bytes(in, from, to);
  }

  @Override
  public final void head(HttpHead head) {
    if (head.status() != welcome()) {
      fail("the server answered " + head.status());
    }
  }

  @Override
  public final void body(ByteBuf in, int from, int to) {
    if (!meter.isOver()) {
      media().bytes(in, from, to);
    }
  }
}
