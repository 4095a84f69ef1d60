package live.sluice.bridge.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.netty.buffer.ByteBuf;
import live.sluice.bridge.ffmpeg.NativeFailure;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * One of libavcodec's decoders of sound. Not thread-safe; what it holds is native, and is freed by {@link #close} only.
 */
final class Decoder implements AutoCloseable {
  /** Largest packet that is looked at: the longest MP3, AAC and Opus frames have a few kB. */
  static final int MAX_PACKET = 65_536;

  private static final int MAX_CHANNELS = 8;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame frame;

  /** Opens one; throws {@link NativeFailure#unusable} where the configuration is not to its liking. */
  Decoder(AudioInput in) {
    AVCodec codec = avcodec_find_decoder(id(in));
    if (codec == null || codec.isNull()) {
      throw NativeFailure.missing("a decoder of " + in.codec().label());
    }
    context = avcodec_alloc_context3(codec);
    packet = av_packet_alloc();
    frame = av_frame_alloc();
    if (in.config().length > 0) {
      BytePointer copy = new BytePointer(av_mallocz(in.config().length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
      copy.put(in.config(), 0, in.config().length);
      context.extradata(copy);
      context.extradata_size(in.config().length);
    }
    if (in.channels() > 0 && in.channels() <= MAX_CHANNELS) {
      av_channel_layout_default(context.ch_layout(), in.channels());
    }
    if (in.sampleRate() > 0) {
      context.sample_rate(in.sampleRate());
    }
    context.thread_count(1);
    int result = avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw NativeFailure.unusable("the decoder of " + in.codec().label(), result);
    }
  }

  private static int id(AudioInput in) {
    return switch (in.codec()) {
      case AAC -> AV_CODEC_ID_AAC;
      case MP3 -> AV_CODEC_ID_MP3;
      case OPUS -> AV_CODEC_ID_OPUS;
      case G711A -> AV_CODEC_ID_PCM_ALAW;
      case G711U -> AV_CODEC_ID_PCM_MULAW;
      default -> throw NativeFailure.missing("a decoder of " + in.codec().label());
    };
  }

  /** Puts a packet in; false where it is broken. Borrows it. */
  boolean send(ByteBuf payload) {
    int size = payload.readableBytes();
    // An empty packet would mean the end of all packets.
    if (size == 0 || size > MAX_PACKET || av_new_packet(packet, size) < 0) {
      return false;
    }
    try {
      payload.getBytes(payload.readerIndex(), packet.data().capacity(size).asByteBuffer());
      return avcodec_send_packet(context, packet) >= 0;
    } finally {
      av_packet_unref(packet);
    }
  }

  /** The next decoded frame, good until the next call; null when there is none. */
  @Nullable AVFrame receive() {
    return avcodec_receive_frame(context, frame) >= 0 ? frame : null;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
