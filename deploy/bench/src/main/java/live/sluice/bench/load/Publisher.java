package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import live.sluice.bench.clip.Clip;
import live.sluice.bench.clip.ClipUnit;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.scan.ScanException;
import live.sluice.bench.scan.SenderClock;
import live.sluice.container.amf.AmfNull;
import live.sluice.rtmp.RtmpUrl;
import live.sluice.rtmp.chunk.ChunkWriter;
import live.sluice.rtmp.command.Command;
import org.jspecify.annotations.Nullable;

/** One RTMP publisher. On its loop alone. */
final class Publisher extends ChannelInboundHandlerAdapter implements Client, Paced, RtmpSession.Owner {
  private static final int HEADER = 16;
  private static final long MOST_LATE_NANOS = 1_000_000_000;

  /** What goes between two chunks of a message of ours while timestamps have 24 bits. */
  private static final ByteBuf BETWEEN =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(1).writeByte(0xc0 | ChunkWriter.VIDEO));

  private final LoadLoop loop;
  private final Target target;
  private final RtmpUrl url;
  private final Clip clip;
  private final Pacer pacer;
  private final PublishMeters meters;
  private final long phaseNanos;
  private final boolean video;

  private @Nullable Channel channel;
  private @Nullable RtmpSession session;
  private int streamId;
  private long connectedAt;
  private boolean accepted;
  private boolean over;
  private boolean waitKeyframe;

  /** When the clip's time 0 is, or was, and how often it has begun anew. */
  private long startNanos;

  private long round;
  private int next;

  /**
   * A publisher.
   *
   * @param phaseNanos how much later than it might it begins, so that not all send at once
   */
  Publisher(
      LoadLoop loop, Target target, int number, Clip clip, Pacer pacer, PublishMeters meters, long phaseNanos) {
    this.loop = loop;
    this.target = target;
    this.url = RtmpUrl.parse(target.url(number));
    this.clip = clip;
    this.video = clip.video();
    this.pacer = pacer;
    this.meters = meters;
    this.phaseNanos = phaseNanos;
  }

  @Override
  public void start() {
    loop.connect(target.address(), this, this::failed);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (over) {
      ctx.close();
      return;
    }
    connectedAt = System.nanoTime();
    channel = ctx.channel();
    RtmpSession made = new RtmpSession(ctx, url, true, (type, timestamp, head, headLength, length) -> {}, this);
    session = made;
    made.begin();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      RtmpSession open = session;
      if (open != null && !over) {
        open.bytes(in, in.readerIndex(), in.writerIndex());
      }
    } catch (ScanException e) {
      failed(String.valueOf(e.getMessage()));
    } finally {
      in.release();
    }
  }

  @Override
  public void onStream(int id) {
    streamId = id;
    RtmpSession open = session;
    Channel to = channel;
    if (open != null && to != null) {
      open.write(id, "publish", 5, AmfNull.NULL, url.stream(), "live");
      to.flush();
    }
  }

  @Override
  public void onStatus(String level, String code, String description) {
    if (level.equals("error")) {
      failed("the server refused: " + code);
    } else if (code.equals("NetStream.Publish.Start") && !accepted) {
      accepted = true;
      meters.accepted(System.nanoTime() - connectedAt);
      open();
    }
  }

  /** Sends metadata and configurations, and begins when its phase of the frame interval comes. */
  private void open() {
    Channel to = channel;
    if (to == null) {
      return;
    }
    to.write(
        Command.writeData(
            to.alloc(), RtmpSession.CHUNK_SIZE, streamId, "@setDataFrame", "onMetaData", clip.metadata()));
    for (ClipUnit unit : clip.opening()) {
      write(to, unit, 0);
    }
    to.flush();
    startNanos = pacer.nextPhase(phaseNanos);
    pacer.add(this);
  }

  /** When the next group of frames is due: with pictures, a picture and the sound before it. */
  @Override
  public long dueNanos() {
    return startNanos + timeMs(leader()) * 1_000_000;
  }

  private long timeMs(int index) {
    return round * clip.durationMs() + clip.units().get(index).dtsMs();
  }

  /** The unit that the next group waits for; the last of the clip where no picture follows. */
  private int leader() {
    int at = next;
    if (video) {
      while (at < clip.units().size() - 1 && clip.units().get(at).type() != 9) {
        at++;
      }
    }
    return at;
  }

  @Override
  public boolean send(long now) {
    Channel to = channel;
    if (over || to == null) {
      return false;
    }
    long late = now - dueNanos();
    if (late > MOST_LATE_NANOS) {
      // The machine is too slow. The stream halts for a moment, as an encoder's would, and does not make up for it.
      startNanos += late;
    }
    int last = leader();
    boolean writable = to.isWritable();
    while (next <= last) {
      ClipUnit unit = clip.units().get(next);
      if (takes(unit, writable)) {
        meters.sent(write(to, unit, timeMs(next)), late);
      } else {
        meters.dropped();
      }
      next++;
    }
    to.flush();
    if (next == clip.units().size()) {
      next = 0;
      round++;
    }
    return true;
  }

  private boolean takes(ClipUnit unit, boolean writable) {
    if (!writable) {
      waitKeyframe = true;
    } else if (unit.keyframe() || !video) {
      waitKeyframe = false;
    }
    return !waitKeyframe;
  }

  /** Writes one message; returns its bytes. */
  private int write(Channel to, ClipUnit unit, long timeMs) {
    byte[] prefix = unit.prefix();
    ByteBuf head = to.alloc().directBuffer(HEADER + prefix.length);
    int chunkStream = ChunkWriter.VIDEO;
    ChunkWriter.begin(
        head, RtmpSession.CHUNK_SIZE, chunkStream, unit.type(), (int) timeMs, streamId, unit.length());
    int at = head.writerIndex();
    head.writeBytes(prefix);
    if (unit.clock()) {
      loop.clock().read();
      SenderClock.set(head, at + prefix.length, loop.clock().wallNanos());
    }
    int sent = head.readableBytes();
    to.write(head, to.voidPromise());
    ByteBuf rest = unit.rest();
    int from = rest.readerIndex();
    int left = rest.readableBytes();
    int room = RtmpSession.CHUNK_SIZE - prefix.length;
    while (left > 0) {
      if (room == 0) {
        sent += between(to, timeMs);
        room = RtmpSession.CHUNK_SIZE;
      }
      int bytes = Math.min(room, left);
      to.write(rest.retainedSlice(from, bytes), to.voidPromise());
      sent += bytes;
      from += bytes;
      left -= bytes;
      room -= bytes;
    }
    return sent;
  }

  /** The header of type 3 between two chunks, which repeats a timestamp of more than 24 bits. */
  private static int between(Channel to, long timeMs) {
    boolean extended = (timeMs & 0xffffffffL) >= 0xffffff;
    to.write(
        extended
            ? to.alloc().directBuffer(5).writeByte(0xc0 | ChunkWriter.VIDEO).writeInt((int) timeMs)
            : BETWEEN.duplicate(),
        to.voidPromise());
    return extended ? 5 : 1;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    failed("the server closed the connection");
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(Reasons.of("the connection broke", cause));
  }

  @Override
  public void failed(String why) {
    if (!over) {
      meters.ended(accepted, why);
    }
    close();
  }

  @Override
  public void pause(boolean stop) {
    // A publisher reads next to nothing.
  }

  @Override
  public void close() {
    boolean was = over;
    over = true;
    Channel to = channel;
    RtmpSession open = session;
    if (to == null || was) {
      return;
    }
    if (accepted && open != null && to.isActive()) {
      open.write(0, "FCUnpublish", 6, AmfNull.NULL, url.stream());
      open.write(0, "deleteStream", 7, AmfNull.NULL, streamId);
      to.flush();
    }
    to.close();
  }
}
