package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Frame;
import live.sluice.rtmp.RtmpForm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** RTMP: one frame written as chunks. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RtmpMessages extends InnerLoop {
  private final ByteBuf payload = Media.picture();

  /** A frame in the form that all players of RTMP share. */
  @Benchmark
  public int write() {
    Frame frame = Media.video(payload, 40, false);
    int bytes = frame.encoded(RtmpForm.RTMP, ByteBufAllocator.DEFAULT).readableBytes();
    frame.release();
    return bytes;
  }
}
