package live.sluice.bridge.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.bridge.ffmpeg.NativeFailure;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** OpenH264 for pictures of one size: constrained baseline, no B-frames, no delay. Not thread-safe. */
final class PictureEncoder implements AutoCloseable {
  private static final Track TRACK = Track.bare(Codec.H264);

  /** Only in case nobody asks for a keyframe: the publisher's keyframes stay keyframes. */
  private static final int GOP = 600;

  private static final int FRAMES_PER_SECOND = 30;
  private static final double BITS_PER_PIXEL = 0.08;
  private static final long LEAST_BITS = 300_000;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final int width;
  private final int height;

  PictureEncoder(int width, int height) {
    this.width = width;
    this.height = height;
    AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
    if (codec == null || codec.isNull()) {
      throw NativeFailure.missing("an encoder libopenh264");
    }
    context = avcodec_alloc_context3(codec);
    packet = av_packet_alloc();
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base().num(1).den(1000);
    context.framerate().num(FRAMES_PER_SECOND).den(1);
    context.gop_size(GOP);
    context.max_b_frames(0);
    context.bit_rate(Math.max(LEAST_BITS, Math.round(BITS_PER_PIXEL * width * height * FRAMES_PER_SECOND)));
    context.thread_count(1);
    av_opt_set(context.priv_data(), "profile", "constrained_baseline", 0);
    av_opt_set(context.priv_data(), "allow_skip_frames", "0", 0);
    int result = avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw NativeFailure.unusable("the encoder of H.264", result);
    }
  }

  boolean fits(AVFrame picture) {
    return picture.width() == width && picture.height() == height;
  }

  /** Puts a picture in, as a keyframe or as it comes; borrows it. */
  void send(AVFrame picture, boolean keyframe) {
    picture.pict_type(keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    int result = avcodec_send_frame(context, picture);
    if (result < 0) {
      throw NativeFailure.unusable("the encoder of H.264", result);
    }
  }

  /** The next coded picture, which is the caller's; null when there is none. */
  @Nullable Frame receive() {
    if (avcodec_receive_packet(context, packet) < 0) {
      return null;
    }
    try {
      int size = packet.size();
      ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(size + AnnexB.ROOM);
      AnnexB.toLengths(packet.data().capacity(size).asByteBuffer(), payload);
      boolean keyframe = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      return new Frame(TRACK, packet.pts(), 0, keyframe, false, payload);
    } finally {
      av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
