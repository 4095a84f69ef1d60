package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Codec;
import live.sluice.media.Track;
import live.sluice.media.Track.AudioFormat;
import live.sluice.media.codec.Mp3Header;
import live.sluice.media.codec.Tracks;
import org.jspecify.annotations.Nullable;

/**
 * Audio headers of one byte: format, rate, sample size, channels (annex E.4.2.1). These codecs have no configuration; a
 * track is kept for as long as the byte stays the same.
 */
final class LegacyAudio {
  static final int MP3 = 2;
  static final int G711A = 7;
  static final int G711U = 8;
  static final int ENHANCED = 9;
  static final int AAC = 10;

  private static final int NELLYMOSER_16K = 4;
  private static final int NELLYMOSER_8K = 5;
  private static final int SPEEX = 11;
  private static final int MP3_8K = 14;
  private static final byte[] NONE = {};

  /** The header of the current track; -1 for one that came with another kind of header. */
  private int header = -1;

  private @Nullable Track made;

  /** The track of a body with such a header: {@code current} where nothing changed. */
  Track track(@Nullable Track current, ByteBuf body) {
    int first = body.getUnsignedByte(body.readerIndex());
    if (current != null && current.equals(made) && first == header) {
      return current;
    }
    int format = first >> 4;
    Track track =
        switch (format) {
          case MP3, MP3_8K -> mp3(null, body, body.readerIndex() + 1, body.writerIndex());
          case G711A -> Tracks.audio(Codec.G711A, NONE, new AudioFormat(8000, channels(first), ""));
          case G711U -> Tracks.audio(Codec.G711U, NONE, new AudioFormat(8000, channels(first), ""));
          default -> {
            AudioFormat sound = new AudioFormat(rate(format, first), channels(first), "");
            yield Tracks.audio(Codec.OTHER_AUDIO, new byte[] {(byte) first}, sound);
          }
        };
    header = first;
    made = track;
    return track;
  }

  /** The track of an MP3 frame: {@code current} where that is MP3 already. */
  Track mp3(@Nullable Track current, ByteBuf body, int start, int end) {
    if (current != null && current.codec() == Codec.MP3) {
      return current;
    }
    Mp3Header frame = end - start < Mp3Header.LENGTH ? null : Mp3Header.parse(body.getInt(start));
    AudioFormat sound = frame == null ? null : new AudioFormat(frame.sampleRate(), frame.channels(), "");
    return Tracks.audio(Codec.MP3, NONE, sound);
  }

  /** The byte that is written for a track. */
  static int header(Track track) {
    AudioFormat sound = track.audio();
    boolean stereo = sound == null || sound.channels() != 1;
    return switch (track.codec()) {
      case AAC -> AAC << 4 | 0x0f; // annex E.4.2.1: always "44 kHz, 16 bit, stereo"; the truth is in the configuration
      case MP3 -> mp3Header(sound, stereo);
      case G711A -> G711A << 4 | 2 | (sound != null && stereo ? 1 : 0);
      case G711U -> G711U << 4 | 2 | (sound != null && stereo ? 1 : 0);
      default -> track.config()[0] & 0xff;
    };
  }

  private static int mp3Header(@Nullable AudioFormat sound, boolean stereo) {
    int rate = sound == null ? 44100 : sound.sampleRate();
    if (rate == 8000) {
      return MP3_8K << 4 | 2 | (stereo ? 1 : 0);
    }
    int rateCode = rate == 11025 ? 1 : rate == 22050 ? 2 : 3;
    return MP3 << 4 | rateCode << 2 | 2 | (stereo ? 1 : 0);
  }

  private static int channels(int first) {
    return (first & 1) + 1;
  }

  private static int rate(int format, int first) {
    return switch (format) {
      case NELLYMOSER_16K, SPEEX -> 16000;
      case NELLYMOSER_8K -> 8000;
      default ->
          switch (first >> 2 & 3) {
            case 0 -> 5512;
            case 1 -> 11025;
            case 2 -> 22050;
            default -> 44100;
          };
    };
  }
}
