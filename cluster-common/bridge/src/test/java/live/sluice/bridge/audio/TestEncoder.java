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
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A publisher's encoder: chirps in any codec, sample rate and number of channels. */
public final class TestEncoder {
  /** A coded frame; {@code pts} in samples of its own rate. */
  public record Coded(byte[] bytes, long pts) {
    /** Its bytes, which need no release. */
    public ByteBuf payload() {
      return Unpooled.wrappedBuffer(bytes);
    }
  }

  /** What was coded, and what a decoder is to be told of it. */
  public record Clip(AudioInput input, int rate, List<Coded> frames) {
    /** The time of a frame in ticks of 48 kHz, rounded to ms as in RTMP. */
    public long rounded(Coded frame) {
      return Math.round(frame.pts() * 1000.0 / rate) * 48;
    }

    /** The time of a frame in ticks of 48 kHz. */
    public long exact(Coded frame) {
      return Math.round(frame.pts() * 48_000.0 / rate);
    }
  }

  private TestEncoder() {}

  /** Codes that many seconds, all channels alike. Only valid after the libraries were loaded. */
  public static Clip encode(Codec codec, int rate, int channels, double seconds, boolean exact) {
    AVCodec encoder = avcodec_find_encoder_by_name(name(codec));
    AVCodecContext context = avcodec_alloc_context3(encoder);
    int format =
        switch (codec) {
          case AAC, MP3 -> AV_SAMPLE_FMT_FLTP;
          case OPUS -> AV_SAMPLE_FMT_FLT;
          default -> AV_SAMPLE_FMT_S16;
        };
    context.sample_rate(rate);
    context.sample_fmt(format);
    context.time_base().num(1).den(rate);
    context.bit_rate(96_000L * channels);
    context.flags(AV_CODEC_FLAG_GLOBAL_HEADER);
    av_channel_layout_default(context.ch_layout(), channels);
    if (avcodec_open2(context, encoder, (AVDictionary) null) < 0) {
      throw new IllegalStateException("no encoder " + name(codec));
    }
    int size = context.frame_size() > 0 ? context.frame_size() : rate / 50;
    List<Coded> frames = new ArrayList<>();
    AVPacket packet = av_packet_alloc();
    for (long at = 0; at < seconds * rate; at += size) {
      AVFrame frame = frame(context, at, size);
      avcodec_send_frame(context, frame);
      av_frame_free(frame);
      take(context, packet, frames);
    }
    avcodec_send_frame(context, null);
    take(context, packet, frames);
    byte[] config = new byte[codec == Codec.AAC || codec == Codec.OPUS ? context.extradata_size() : 0];
    if (config.length > 0) {
      context.extradata().capacity(config.length).get(config);
    }
    av_packet_free(packet);
    avcodec_free_context(context);
    return new Clip(new AudioInput(codec, config, rate, channels, exact), rate, frames);
  }

  private static String name(Codec codec) {
    return switch (codec) {
      case AAC -> "aac";
      case MP3 -> "libmp3lame";
      case OPUS -> "libopus";
      case G711A -> "pcm_alaw";
      case G711U -> "pcm_mulaw";
      default -> throw new IllegalArgumentException(codec.label());
    };
  }

  private static AVFrame frame(AVCodecContext context, long at, int size) {
    AVFrame frame = av_frame_alloc();
    frame.format(context.sample_fmt());
    frame.nb_samples(size);
    frame.sample_rate(context.sample_rate());
    av_channel_layout_copy(frame.ch_layout(), context.ch_layout());
    av_frame_get_buffer(frame, 0);
    frame.pts(at);
    float[] samples = Chirp.samples(context.sample_rate(), at, size);
    int channels = context.ch_layout().nb_channels();
    if (context.sample_fmt() == AV_SAMPLE_FMT_FLTP) {
      for (int c = 0; c < channels; c++) {
        plane(frame, c, 4 * size).asFloatBuffer().put(samples);
      }
      return frame;
    }
    boolean floats = context.sample_fmt() == AV_SAMPLE_FMT_FLT;
    ByteBuffer plane = plane(frame, 0, (floats ? 4 : 2) * channels * size);
    for (float sample : samples) {
      for (int c = 0; c < channels; c++) {
        if (floats) {
          plane.putFloat(sample);
        } else {
          plane.putShort((short) (sample * 32_767));
        }
      }
    }
    return frame;
  }

  private static ByteBuffer plane(AVFrame frame, int index, int bytes) {
    return frame.data(index).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static void take(AVCodecContext context, AVPacket packet, List<Coded> out) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().capacity(bytes.length).get(bytes);
      out.add(new Coded(bytes, packet.pts()));
      av_packet_unref(packet);
    }
  }
}
