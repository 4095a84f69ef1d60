package live.sluice.bridge.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.bridge.ffmpeg.NativeFailure;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** One of libavcodec's encoders of sound at 48 kHz. Not thread-safe; what it holds is native. */
final class Encoder implements AutoCloseable {
  /** Of 0 to 10: twice as quick as the library's own choice, and hardly worse. */
  private static final int OPUS_COMPLEXITY = 5;

  private static final int OPUS_BITS_PER_CHANNEL = 48_000;
  private static final int AAC_BITS = 128_000;

  private final AVCodecContext context;
  private final AVPacket packet;
  private long pts;

  /** Opens one for 1 or 2 channels. */
  Encoder(AudioTarget target, int channels) {
    String name = target == AudioTarget.OPUS ? "libopus" : "aac";
    AVCodec codec = avcodec_find_encoder_by_name(name);
    if (codec == null || codec.isNull()) {
      throw NativeFailure.missing("an encoder " + name);
    }
    context = avcodec_alloc_context3(codec);
    packet = av_packet_alloc();
    context.sample_rate(AudioTarget.SAMPLE_RATE);
    context.sample_fmt(sampleFormat(target));
    context.time_base().num(1).den(AudioTarget.SAMPLE_RATE);
    av_channel_layout_default(context.ch_layout(), channels);
    if (target == AudioTarget.OPUS) {
      context.bit_rate(OPUS_BITS_PER_CHANNEL * (long) channels);
      context.compression_level(OPUS_COMPLEXITY);
    } else {
      context.bit_rate(AAC_BITS);
      // Its configuration apart, and no header before each frame.
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    int result = avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw NativeFailure.unusable("the encoder " + name, result);
    }
  }

  /** The kind of samples that the target's encoder takes. */
  static int sampleFormat(AudioTarget target) {
    return target == AudioTarget.OPUS ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
  }

  /** Puts a frame in, whose pts is set; borrows it. */
  void send(AVFrame frame) {
    int result = avcodec_send_frame(context, frame);
    if (result < 0) {
      throw NativeFailure.unusable("the encoder", result);
    }
  }

  /** The next coded frame, which is the caller's; null when there is none. Its time is {@link #pts}. */
  @Nullable ByteBuf receive() {
    if (avcodec_receive_packet(context, packet) < 0) {
      return null;
    }
    try {
      int size = packet.size();
      ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(size);
      payload.writeBytes(packet.data().capacity(size).asByteBuffer());
      pts = packet.pts();
      return payload;
    } finally {
      av_packet_unref(packet);
    }
  }

  /** Presentation time of what {@link #receive} gave last. */
  long pts() {
    return pts;
  }

  /** The codec's configuration. */
  byte[] config() {
    byte[] config = new byte[context.extradata_size()];
    context.extradata().capacity(config.length).get(config);
    return config;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
