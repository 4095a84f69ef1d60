package live.sluice.bridge.audio;

import live.sluice.media.Codec;
import live.sluice.media.Track;
import live.sluice.media.Track.AudioFormat;

/**
 * What a transcoder is given.
 *
 * @param codec AAC, MP3, Opus, G711A or G711U
 * @param config the codec's configuration: an AudioSpecificConfig, an OpusHead; not copied. Empty where there is none
 * @param sampleRate in Hz; 0 where the coded sound says it itself
 * @param channels number of channels; 0 where the coded sound says it itself
 * @param exact whether times count samples, so that every gap between them is one (RTP); else they are rounded, and may
 * be     a publisher's guess (RTMP)
 */
public record AudioInput(Codec codec, byte[] config, int sampleRate, int channels, boolean exact) {
  private static final byte[] NONE = {};

  /** A track of a stream of frames. */
  public static AudioInput of(Track track) {
    AudioFormat format = track.audio();
    int rate = format == null ? 0 : format.sampleRate();
    int channels = format == null ? 0 : format.channels();
    return new AudioInput(track.codec(), track.config(), rate, channels, false);
  }

  /** A track of RTP packets. */
  public static AudioInput ofRtp(Codec codec, int clockRate, int channels) {
    return new AudioInput(codec, NONE, clockRate, channels, true);
  }

  /** Whether there is a decoder for it. */
  public static boolean canDecode(Codec codec) {
    return switch (codec) {
      case AAC, MP3, OPUS, G711A, G711U -> true;
      default -> false;
    };
  }
}
