package live.sluice.media.codec;

import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.Track.AudioFormat;
import live.sluice.media.Track.VideoFormat;
import org.jspecify.annotations.Nullable;

/** Makes tracks from codec configurations, with what these say of pictures and sound. */
public final class Tracks {
  /** Largest configuration that is accepted, in bytes. */
  public static final int MAX_CONFIG = 65_536;

  private static final int OPUS_RATE = 48_000;

  private Tracks() {}

  /**
   * The first track of {@code codec} with that configuration, which is kept and not copied.
   *
   * <p>The frame of a record must be right, since packagers rely on it: else PROTOCOL_ERROR. What only informs
   * (parameter sets, profiles) is left unknown where it can't be read. More than {@link #MAX_CONFIG} bytes is
   * TOO_LARGE.
   */
  public static Track of(Codec codec, byte[] config) {
    if (config.length > MAX_CONFIG) {
      throw Broken.tooLarge("a codec configuration", config.length, MAX_CONFIG);
    }
    return switch (codec) {
      case H264 -> video(codec, config, avc(AvcConfig.parse(config)));
      case HEVC -> video(codec, config, hevc(HevcConfig.parse(config)));
      case AV1 -> video(codec, config, av1(config));
      case VP8, VP9 -> video(codec, config, vp(config));
      case AAC -> audio(codec, config, aac(AacConfig.parse(config)));
      case OPUS -> audio(codec, config, opus(config));
      case MP3, G711A, G711U, OTHER_AUDIO, OTHER_VIDEO, SCRIPT -> new Track(0, codec, config, null, null);
    };
  }

  /** The first track of MP3 or G.711 or another codec that tells its format elsewhere. */
  public static Track audio(Codec codec, byte[] config, @Nullable AudioFormat format) {
    return new Track(0, codec, config, null, format);
  }

  private static Track video(Codec codec, byte[] config, @Nullable VideoFormat format) {
    return new Track(0, codec, config, format, null);
  }

  private static VideoFormat avc(AvcConfig config) {
    int width = 0;
    int height = 0;
    if (!config.sps().isEmpty()) {
      try {
        AvcSps sps = AvcSps.parse(config.sps().getFirst());
        width = sps.width();
        height = sps.height();
      } catch (SluiceException unreadable) {
        // The decoder is the judge of parameter sets; here they only inform.
      }
    }
    int profile = config.profile();
    int constraints = config.constraints();
    String level = ProfileNames.avcLevel(profile, constraints, config.level());
    return new VideoFormat(width, height, ProfileNames.avc(profile, constraints), level);
  }

  private static VideoFormat hevc(HevcConfig config) {
    int width = 0;
    int height = 0;
    if (!config.sps().isEmpty()) {
      try {
        HevcSps sps = HevcSps.parse(config.sps().getFirst());
        width = sps.width();
        height = sps.height();
      } catch (SluiceException unreadable) {
        // The decoder is the judge of parameter sets; here they only inform.
      }
    }
    String level = ProfileNames.hevcLevel(config.level());
    return new VideoFormat(width, height, ProfileNames.hevc(config.profile()), level);
  }

  private static @Nullable VideoFormat av1(byte[] record) {
    try {
      Av1Config config = Av1Config.parse(record);
      return new VideoFormat(0, 0, ProfileNames.av1(config.profile()), ProfileNames.av1Level(config.level()));
    } catch (SluiceException unreadable) {
      return null;
    }
  }

  private static @Nullable VideoFormat vp(byte[] record) {
    try {
      VpConfig config = VpConfig.parse(record);
      String profile = "Profile " + config.profile();
      return new VideoFormat(0, 0, profile, ProfileNames.vpLevel(config.level()));
    } catch (SluiceException unreadable) {
      return null;
    }
  }

  private static AudioFormat aac(AacConfig config) {
    return new AudioFormat(config.sampleRate(), config.channels(), ProfileNames.aac(config));
  }

  private static AudioFormat opus(byte[] head) {
    try {
      return new AudioFormat(OPUS_RATE, OpusHead.parse(head).channels(), "");
    } catch (SluiceException unreadable) {
      return new AudioFormat(OPUS_RATE, 0, "");
    }
  }
}
