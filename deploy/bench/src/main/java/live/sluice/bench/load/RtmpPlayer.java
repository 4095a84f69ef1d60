package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.container.amf.AmfNull;
import live.sluice.rtmp.RtmpUrl;
import live.sluice.rtmp.chunk.ControlMessages;
import org.jspecify.annotations.Nullable;

/** A player of RTMP. */
final class RtmpPlayer extends Player implements RtmpSession.Owner {
  private static final int BUFFER_MS = 1_000;

  private final LoadLoop loop;
  private final Target target;
  private final RtmpUrl url;
  private @Nullable ChannelHandlerContext context;
  private @Nullable RtmpSession session;

  RtmpPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop.clock(), meter);
    this.loop = loop;
    this.target = target;
    this.url = RtmpUrl.parse(target.url(number));
  }

  @Override
  public void start() {
    loop.connect(target.address(), this, receiveBytes(), this::failed);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    RtmpSession made = new RtmpSession(ctx, url, false, meter, this);
    context = ctx;
    session = made;
    made.begin();
  }

  @Override
  void bytes(ByteBuf in, int from, int to) {
    RtmpSession open = session;
    if (open != null) {
      open.bytes(in, from, to);
    }
  }

  @Override
  public void onStream(int streamId) {
    ChannelHandlerContext ctx = context;
    RtmpSession open = session;
    if (ctx != null && open != null) {
      open.write(streamId, "play", 5, AmfNull.NULL, url.stream(), -2_000);
      ctx.writeAndFlush(ControlMessages.setBufferLength(ctx.alloc(), streamId, BUFFER_MS));
    }
  }

  @Override
  public void onStatus(String level, String code, String description) {
    if (level.equals("error")) {
      fail("the server refused: " + code);
    } else if (code.equals("NetStream.Play.UnpublishNotify") || code.equals("NetStream.Play.Stop")) {
      fail("the stream ended: " + code);
    }
  }
}
