package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import live.sluice.container.ts.TsMuxer;
import live.sluice.media.Frame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** MPEG-TS: one picture, and one frame of sound, as an HLS segment gets them. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TsPackets extends InnerLoop {
  private final TsMuxer muxer = new TsMuxer();
  private final ByteBuf out = Unpooled.directBuffer(1 << 20);
  private ByteBuf picture;
  private ByteBuf sound;
  private long dts;

  /** Begins a segment. */
  @Setup
  public void prepare() {
    picture = Media.picture();
    sound = Media.sound();
    muxer.tracks(Media.AVC, Media.AAC);
    muxer.begin(out);
  }

  /** A picture to packets. */
  @Benchmark
  public int video() {
    dts += 40;
    return write(Media.video(picture, dts, false));
  }

  /** A frame of sound; several go into one PES packet. */
  @Benchmark
  public int audio() {
    dts += 21;
    return write(Media.audio(sound, dts));
  }

  private int write(Frame frame) {
    out.clear();
    muxer.write(frame, out);
    frame.release();
    return out.readableBytes();
  }
}
