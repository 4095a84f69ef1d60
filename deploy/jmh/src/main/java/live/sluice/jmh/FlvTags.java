package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import live.sluice.container.flv.FlvForm;
import live.sluice.container.flv.FlvFrameSource;
import live.sluice.container.flv.FlvHeader;
import live.sluice.media.Frame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** FLV: one tag read as an edge does, and one frame written as a tag. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FlvTags extends InnerLoop {
  private ByteBuf payload;
  private ByteBuf tag;
  private FlvFrameSource source;

  /** Writes the tag that is read again and again, after the beginning of a stream. */
  @Setup
  public void prepare() {
    payload = Media.picture();
    Frame frame = Media.video(payload, 40, false);
    tag = Unpooled.copiedBuffer(frame.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT));
    frame.release();
    source = new FlvFrameSource(ByteBufAllocator.DEFAULT, 1 << 20);
    source.read(Unpooled.wrappedBuffer(FlvHeader.bytes(true, true)));
    Frame config = Media.config(Media.AVC);
    Frame read = source.read(Unpooled.copiedBuffer(config.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT)));
    config.release();
    read.release();
  }

  /** A tag, from its bytes to a frame that keeps them as its FLV form, and its release. */
  @Benchmark
  public boolean read() {
    return source.read(tag.readerIndex(0)).release();
  }

  /** A frame in the form that all players of FLV share. */
  @Benchmark
  public int write() {
    Frame frame = Media.video(payload, 40, false);
    int bytes = frame.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT).readableBytes();
    frame.release();
    return bytes;
  }
}
