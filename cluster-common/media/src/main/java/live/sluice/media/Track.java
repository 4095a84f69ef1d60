package live.sluice.media;

import org.jspecify.annotations.Nullable;

/**
 * One track of a stream, from one codec configuration to the next. Immutable; {@code config} is shared and must not be
 * written to.
 *
 * @param id 0 for the first track of its kind, higher for further ones
 * @param codec the codec
 * @param config the codec's configuration record (see {@link Codec}), empty where it has none
 * @param video what the configuration says of pictures, null where it is unknown or there are none
 * @param audio what the configuration says of sound, null where it is unknown or there is none
 */
public record Track(int id, Codec codec, byte[] config, @Nullable VideoFormat video, @Nullable AudioFormat audio) {

  /**
   * What a player or an operator wants to know of pictures.
   *
   * @param width in pixels, after cropping; 0 where unknown
   * @param height in pixels, after cropping; 0 where unknown
   * @param profile the standard's name of the profile, such as {@code High}
   * @param level the level, such as {@code 3.1}
   */
  public record VideoFormat(int width, int height, String profile, String level) {}

  /**
   * What a player or an operator wants to know of sound.
   *
   * @param sampleRate in Hz; 0 where unknown
   * @param channels number of channels; 0 where unknown
   * @param profile such as {@code LC}; empty where the codec has none
   */
  public record AudioFormat(int sampleRate, int channels, String profile) {}

  /** A track of which nothing but the codec is known. */
  public static Track bare(Codec codec) {
    return new Track(0, codec, new byte[0], null, null);
  }

  /** The kind of its codec. */
  public MediaKind kind() {
    return codec.kind();
  }
}
