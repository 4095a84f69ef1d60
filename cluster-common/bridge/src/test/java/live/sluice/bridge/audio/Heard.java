package live.sluice.bridge.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A player: decodes what a transcoder makes, and lays each frame where its time says. */
public final class Heard implements Transcode.Sink {
  /** A frame that came out. */
  public record Packet(byte[] bytes, long pts) {}

  final List<Packet> packets = new ArrayList<>();

  @Override
  public void accept(ByteBuf payload, long pts) {
    byte[] bytes = new byte[payload.readableBytes()];
    payload.readBytes(bytes);
    payload.release();
    packets.add(new Packet(bytes, pts));
  }

  /** Time of the first packet in ticks of 48 kHz. */
  public long start() {
    return packets.getFirst().pts();
  }

  /** Time at which the last packet ends. */
  public long end(AudioTarget target) {
    return packets.getLast().pts() + target.frameSamples();
  }

  /** The first channel between two times, in ticks of 48 kHz, silence where there is nothing. */
  public float[] between(AudioTarget target, long from, long to) {
    boolean aac = target == AudioTarget.AAC;
    byte[] config = aac ? AudioTarget.aacConfig() : new byte[0];
    AudioInput input = new AudioInput(aac ? Codec.AAC : Codec.OPUS, config, 48_000, 2, true);
    float[] sound = new float[(int) (to - from)];
    try (Decoder decoder = new Decoder(input)) {
      for (Packet packet : packets) {
        decoder.send(Unpooled.wrappedBuffer(packet.bytes()));
        long at = packet.pts() - from;
        for (AVFrame frame = decoder.receive(); frame != null; frame = decoder.receive()) {
          float[] samples = floats(frame);
          for (int i = 0; i < samples.length; i++, at++) {
            if (at >= 0 && at < sound.length) {
              sound[(int) at] = samples[i];
            }
          }
        }
      }
    }
    return sound;
  }

  private static float[] floats(AVFrame frame) {
    float[] samples = new float[frame.nb_samples()];
    frame
        .data(0)
        .capacity(4L * samples.length)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .get(samples);
    return samples;
  }
}
