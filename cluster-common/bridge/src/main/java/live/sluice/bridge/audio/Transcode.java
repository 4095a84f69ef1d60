package live.sluice.bridge.audio;

import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_free;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_read;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_reset;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_size;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_write;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_set_silence;

import io.netty.buffer.ByteBuf;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decoder, resampler and encoder in a row, with the clock between them that keeps the times. Not thread-safe; most of
 * what it holds is native.
 */
final class Transcode implements AutoCloseable {
  /** Takes coded frames. */
  interface Sink {
    /** A coded frame; it is the callee's. */
    void accept(ByteBuf payload, long pts);
  }

  private final AudioInput in;
  private final AudioTarget target;
  private final Decoder decoder;
  private final SampleClock clock;
  private @Nullable Output output;

  /** Opens the decoder; throws SluiceException NOT_SUPPORTED where that can't be. */
  Transcode(AudioInput in, AudioTarget target) {
    this.in = in;
    this.target = target;
    decoder = new Decoder(in);
    clock = new SampleClock(in.exact());
  }

  /**
   * Transcodes one frame; borrows it.
   *
   * @param pts its time in ticks of 48 kHz
   * @param afresh whether its time has nothing to do with what came before
   * @return false where it is broken, and left out
   */
  boolean put(ByteBuf payload, long pts, boolean afresh, Sink sink) {
    boolean whole = decoder.send(payload);
    long time = pts;
    boolean first = true;
    for (AVFrame frame = decoder.receive(); frame != null; frame = decoder.receive()) {
      long length = (long) frame.nb_samples() * AudioTarget.SAMPLE_RATE / frame.sample_rate();
      write(frame, time, length, afresh && first, sink);
      time += length;
      first = false;
    }
    return whole && !first;
  }

  private void write(AVFrame frame, long pts, long length, boolean afresh, Sink sink) {
    Output to = output;
    if (to == null) {
      // Only now is it known: AAC may carry its second channel unannounced.
      boolean stereo = target == AudioTarget.AAC || in.channels() > 1 || frame.ch_layout().nb_channels() > 1;
      to = new Output(target, stereo ? 2 : 1, !in.exact());
      output = to;
    }
    to.resampler.prepare(frame);
    switch (clock.next(pts, length, to.resampler.pending(), afresh)) {
      case WRITE -> {}
      case FILL -> {
        for (long left = clock.fill(); left > 0; left -= target.frameSamples()) {
          int samples = (int) Math.min(left, target.frameSamples());
          to.silence(samples);
          clock.wrote(samples);
          encode(to, sink);
        }
      }
      case SKIP -> {
        return;
      }
      case JUMP -> av_audio_fifo_reset(to.fifo);
    }
    clock.wrote(to.sound(frame));
    encode(to, sink);
    int stretch = in.exact() ? 0 : clock.stretch();
    if (stretch != 0) {
      to.resampler.stretch(stretch, AudioTarget.SAMPLE_RATE);
    }
  }

  private void encode(Output to, Sink sink) {
    while (av_audio_fifo_size(to.fifo) >= target.frameSamples()) {
      to.read(clock.end());
      to.encoder.send(to.frame);
      for (ByteBuf coded = to.encoder.receive(); coded != null; coded = to.encoder.receive()) {
        sink.accept(coded, to.encoder.pts());
      }
    }
  }

  @Override
  public void close() {
    decoder.close();
    Output last = output;
    output = null;
    if (last != null) {
      last.close();
    }
  }

  /** From the resampler on. */
  private static final class Output implements AutoCloseable {
    private final Encoder encoder;
    private final Resampler resampler;
    private final AVAudioFifo fifo;
    private final AVFrame frame;
    private final int samples;
    private final int channels;
    private final int format;

    Output(AudioTarget target, int channels, boolean stretches) {
      this.samples = target.frameSamples();
      this.channels = channels;
      format = Encoder.sampleFormat(target);
      encoder = new Encoder(target, channels);
      resampler = new Resampler(format, channels, stretches);
      fifo = av_audio_fifo_alloc(format, channels, 4 * samples);
      frame = av_frame_alloc();
      resampler.describe(frame, samples);
    }

    int sound(AVFrame decoded) {
      AVFrame converted = resampler.convert(decoded);
      av_audio_fifo_write(fifo, converted.extended_data(), converted.nb_samples());
      return converted.nb_samples();
    }

    void silence(int count) {
      av_frame_make_writable(frame);
      av_samples_set_silence(frame.extended_data(), 0, count, channels, format);
      av_audio_fifo_write(fifo, frame.extended_data(), count);
    }

    /** Reads a frame for the encoder; {@code end} is the time behind the last sample that is held. */
    void read(long end) {
      av_frame_make_writable(frame);
      frame.pts(end - av_audio_fifo_size(fifo));
      av_audio_fifo_read(fifo, frame.extended_data(), samples);
    }

    @Override
    public void close() {
      av_frame_free(frame);
      av_audio_fifo_free(fifo);
      resampler.close();
      encoder.close();
    }
  }
}
