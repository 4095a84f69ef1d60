package live.sluice.bridge.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import live.sluice.bridge.ffmpeg.NativeFailure;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;

/** Brings pictures of one format (10 bits, 4:2:2 and the like, odd sizes) to 8 bits of 4:2:0 with even sizes. */
final class PictureScaler implements AutoCloseable {
  private final SwsContext context;
  private final AVFrame out;
  private final int format;
  private final int width;
  private final int height;

  private PictureScaler(AVFrame like) {
    format = like.format();
    width = like.width();
    height = like.height();
    context =
        sws_getContext(
            width,
            height,
            format,
            width & ~1,
            height & ~1,
            AV_PIX_FMT_YUV420P,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (context == null || context.isNull()) {
      throw NativeFailure.missing("a way from this format of pictures to 4:2:0");
    }
    out = av_frame_alloc();
    out.width(width & ~1);
    out.height(height & ~1);
    out.format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(out, 0);
  }

  /** Whether pictures like this one need it. */
  static boolean isNeeded(AVFrame picture) {
    boolean known = picture.format() == AV_PIX_FMT_YUV420P || picture.format() == AV_PIX_FMT_YUVJ420P;
    return !known || ((picture.width() | picture.height()) & 1) != 0;
  }

  /** One for pictures like this one. */
  static PictureScaler of(AVFrame picture) {
    return new PictureScaler(picture);
  }

  /** Whether it is for pictures like this one. */
  boolean fits(AVFrame picture) {
    return picture.format() == format && picture.width() == width && picture.height() == height;
  }

  /** The picture in the other format, good until the next call. */
  AVFrame scale(AVFrame picture) {
    av_frame_make_writable(out);
    sws_scale(
        context, picture.data(), picture.linesize(), 0, picture.height(), out.data(), out.linesize());
    out.pts(picture.pts());
    return out;
  }

  @Override
  public void close() {
    av_frame_free(out);
    sws_freeContext(context);
  }
}
