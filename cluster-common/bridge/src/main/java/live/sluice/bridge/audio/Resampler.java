package live.sluice.bridge.audio;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.swresample.SWR_FLAG_RESAMPLE;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_delay;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;
import static org.bytedeco.ffmpeg.global.swresample.swr_set_compensation;

import live.sluice.bridge.ffmpeg.NativeFailure;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded sound to 48 kHz and to the channels and sample format of an encoder. What comes in may change on the
 * way: AAC's decoder learns of spectral band replication and of a second channel only from the first frames. Not
 * thread-safe; what it holds is native.
 */
final class Resampler implements AutoCloseable {
  private final int outFormat;
  private final AVChannelLayout outLayout = new AVChannelLayout();
  private final AVChannelLayout inLayout = new AVChannelLayout();
  private final boolean stretches;
  private @Nullable SwrContext context;
  private AVFrame out;
  private int capacity;
  private int inFormat;
  private int inRate;

  /**
   * Makes one.
   *
   * @param stretches whether {@link #stretch} is to be used, which costs a filter even where both rates are the same
   */
  Resampler(int outFormat, int outChannels, boolean stretches) {
    this.outFormat = outFormat;
    this.stretches = stretches;
    av_channel_layout_default(outLayout, outChannels);
    out = av_frame_alloc();
  }

  /** Gets ready for such a frame. What an earlier format left in the filter is lost: less than a millisecond. */
  void prepare(AVFrame in) {
    AVChannelLayout layout = in.ch_layout();
    boolean same =
        context != null
            && in.format() == inFormat
            && in.sample_rate() == inRate
            && layout.nb_channels() == inLayout.nb_channels()
            && layout.order() == inLayout.order()
            && layout.u_mask() == inLayout.u_mask();
    if (!same) {
      inFormat = in.format();
      inRate = in.sample_rate();
      av_channel_layout_copy(inLayout, layout);
      open();
    }
  }

  private void open() {
    free();
    SwrContext made = new SwrContext((Pointer) null);
    int result =
        swr_alloc_set_opts2(
            made, outLayout, outFormat, AudioTarget.SAMPLE_RATE, inLayout, inFormat, inRate, 0, (Pointer) null);
    if (result >= 0) {
      context = made;
      if (stretches) {
        av_opt_set_int(made, "flags", SWR_FLAG_RESAMPLE, 0);
      }
      result = swr_init(made);
    }
    if (result < 0) {
      throw NativeFailure.unusable("the resampler of " + inLayout.nb_channels() + " channels at " + inRate, result);
    }
  }

  /** Samples at 48 kHz that went in and have not come out. */
  long pending() {
    return context == null ? 0 : swr_get_delay(context, AudioTarget.SAMPLE_RATE);
  }

  /** Makes the output that follows longer by {@code samples}, spread over {@code distance}. */
  void stretch(int samples, int distance) {
    if (context != null) {
      swr_set_compensation(context, samples, distance);
    }
  }

  /** Converts a frame that was prepared for; the result, with its number of samples, is good until the next call. */
  AVFrame convert(AVFrame in) {
    SwrContext swr = context;
    if (swr == null) {
      throw new IllegalStateException("nothing was prepared for");
    }
    ensure(swr_get_out_samples(swr, in.nb_samples()));
    int result = swr_convert(swr, out.extended_data(), capacity, in.extended_data(), in.nb_samples());
    if (result < 0) {
      throw NativeFailure.unusable("the resampler", result);
    }
    out.nb_samples(result);
    return out;
  }

  private void ensure(int samples) {
    if (samples <= capacity) {
      return;
    }
    av_frame_unref(out);
    capacity = samples;
    describe(out, samples);
  }

  /** Gives an empty frame room for that many samples of the output's kind. */
  void describe(AVFrame frame, int samples) {
    frame.format(outFormat);
    frame.sample_rate(AudioTarget.SAMPLE_RATE);
    av_channel_layout_copy(frame.ch_layout(), outLayout);
    frame.nb_samples(samples);
    int result = av_frame_get_buffer(frame, 0);
    if (result < 0) {
      throw NativeFailure.unusable("a buffer of " + samples + " samples", result);
    }
  }

  private void free() {
    SwrContext old = context;
    context = null;
    if (old != null) {
      swr_free(old);
    }
  }

  @Override
  public void close() {
    free();
    av_frame_free(out);
    av_channel_layout_uninit(inLayout);
    inLayout.close();
    outLayout.close();
  }
}
