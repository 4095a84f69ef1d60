package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of the bodies of one source's FLV tags or RTMP messages. It keeps the current track of each kind, so
 * that every frame carries the configuration that it is decoded with. Not thread-safe; it holds no buffers.
 */
public final class FlvBodyReader {
  private static final int KEY = 1;
  private static final int GENERATED_KEY = 4;
  private static final int COMMAND = 5;
  private static final int AVC = 7;
  private static final int HEVC_BY_HABIT = 12;

  private final EnhancedHeader enhanced = new EnhancedHeader();
  private final ScriptData script = new ScriptData();
  private final LegacyAudio legacyAudio = new LegacyAudio();
  private @Nullable Track video;
  private @Nullable Track audio;

  /**
   * Reads a body.
   *
   * @param tagType see {@link FlvType}; others carry nothing
   * @param dtsMs the time of the frame, 32-bit wraps undone
   * @param body borrowed; a frame of media retains it, or a slice of it, and its reader index may be moved: nothing else
   *     is to be read from it
   * @return a frame that the caller owns, or null where the body carries nothing: ends of sequences, empty bodies,
   *     player commands, tracks other than the first
   * @throws SluiceException PROTOCOL_ERROR for what breaks the format, TOO_LARGE for a configuration or metadata of
   *     more than {@link Tracks#MAX_CONFIG} bytes
   */
  public @Nullable Frame read(int tagType, long dtsMs, ByteBuf body) {
    if (!body.isReadable()) {
      return null;
    }
    return switch (tagType) {
      case FlvType.VIDEO -> video(dtsMs, body);
      case FlvType.AUDIO -> audio(dtsMs, body);
      case FlvType.SCRIPT -> script.read(dtsMs, body);
      default -> null;
    };
  }

  /** The current video track, null before the first video body. */
  public @Nullable Track video() {
    return video;
  }

  /** The current audio track, null before the first audio body. */
  public @Nullable Track audio() {
    return audio;
  }

  private @Nullable Frame video(long dts, ByteBuf body) {
    int first = body.getUnsignedByte(body.readerIndex());
    int frameType = first >> 4 & 7;
    boolean key = frameType == KEY || frameType == GENERATED_KEY;
    if ((first & 0x80) != 0) {
      return enhancedVideo(dts, body, key);
    }
    if (frameType == COMMAND) {
      return null;
    }
    int codecId = first & 0x0f;
    return switch (codecId) {
      case AVC -> legacyVideo(Codec.H264, dts, body, key);
      case HEVC_BY_HABIT -> legacyVideo(Codec.HEVC, dts, body, key);
      default -> {
        Track track = videoTrack(Codec.OTHER_VIDEO, new byte[] {(byte) codecId});
        yield media(track, dts, 0, key, body, body.readerIndex() + 1, body.writerIndex());
      }
    };
  }

  /** AVCVIDEOPACKET (annex E.4.3.2); code 12 for HEVC is no standard but is common, and has the same layout. */
  private @Nullable Frame legacyVideo(Codec codec, long dts, ByteBuf body, boolean key) {
    int start = body.readerIndex();
    int end = body.writerIndex();
    if (end - start < 2) {
      return null;
    }
    int packetType = body.getUnsignedByte(start + 1);
    if (packetType == FlvBody.END) {
      return null;
    }
    if (packetType > FlvBody.END || end - start < 5) {
      throw broken("a video message of packet type " + packetType + " and " + (end - start) + " bytes");
    }
    if (packetType == FlvBody.CONFIG) {
      return videoConfig(codec, dts, body, start + 5, end);
    }
    return media(bareVideo(codec), dts, body.getMedium(start + 2), key, body, start + 5, end);
  }

  private @Nullable Frame enhancedVideo(long dts, ByteBuf body, boolean key) {
    if (!enhanced.parse(body, true)) {
      return null;
    }
    int fourCc = enhanced.fourCc();
    Codec codec = FourCc.video(fourCc);
    int start = enhanced.payloadStart();
    int end = enhanced.payloadEnd();
    int offset = 0;
    switch (enhanced.packetType()) {
      case EnhancedHeader.SEQUENCE_START -> {
        if (codec != Codec.OTHER_VIDEO) {
          return videoConfig(codec, dts, body, start, end);
        }
        return otherConfig(videoTrack(codec, fourCcBytes(fourCc)), dts, body, start, end);
      }
      case EnhancedHeader.CODED_FRAMES -> {
        if (FourCc.hasCompositionOffset(fourCc)) {
          if (end - start < 3) {
            throw broken("a video message without its composition time");
          }
          offset = body.getMedium(start);
          start += 3;
        }
      }
      case EnhancedHeader.CODED_FRAMES_X -> {}
      // Ends of sequences, colour metadata, MPEG-2 TS descriptors, and what is yet to be invented.
      default -> {
        return null;
      }
    }
    Track track =
        codec == Codec.OTHER_VIDEO ? videoTrack(codec, fourCcBytes(fourCc)) : bareVideo(codec);
    return media(track, dts, offset, key, body, start, end);
  }

  private @Nullable Frame audio(long dts, ByteBuf body) {
    int start = body.readerIndex();
    int end = body.writerIndex();
    int first = body.getUnsignedByte(start);
    int format = first >> 4;
    if (format == LegacyAudio.ENHANCED) {
      return enhancedAudio(dts, body);
    }
    if (format == LegacyAudio.AAC) {
      if (end - start < 2) {
        return null;
      }
      return body.getUnsignedByte(start + 1) == FlvBody.CONFIG
          ? audioConfig(Codec.AAC, dts, body, start + 2, end)
          : media(bareAudio(Codec.AAC), dts, 0, true, body, start + 2, end);
    }
    Track track = legacyAudio.track(audio, body);
    audio = track;
    return media(track, dts, 0, true, body, start + 1, end);
  }

  private @Nullable Frame enhancedAudio(long dts, ByteBuf body) {
    if (!enhanced.parse(body, false)) {
      return null;
    }
    int fourCc = enhanced.fourCc();
    Codec codec = FourCc.audio(fourCc);
    int start = enhanced.payloadStart();
    int end = enhanced.payloadEnd();
    boolean config = enhanced.packetType() == EnhancedHeader.SEQUENCE_START;
    if (!config && enhanced.packetType() != EnhancedHeader.CODED_FRAMES) {
      return null;
    }
    return switch (codec) {
      case AAC, OPUS ->
          config
              ? audioConfig(codec, dts, body, start, end)
              : media(bareAudio(codec), dts, 0, true, body, start, end);
      case MP3 -> {
        if (config) {
          yield null;
        }
        Track track = legacyAudio.mp3(audio, body, start, end);
        audio = track;
        yield media(track, dts, 0, true, body, start, end);
      }
      default -> {
        Track track = otherAudio(fourCcBytes(fourCc));
        yield config
            ? otherConfig(track, dts, body, start, end)
            : media(track, dts, 0, true, body, start, end);
      }
    };
  }

  private @Nullable Frame videoConfig(Codec codec, long dts, ByteBuf body, int start, int end) {
    if (start == end) {
      return null;
    }
    Track track = configured(video, codec, body, start, end);
    video = track;
    return config(track, dts, true, body, start, end);
  }

  private @Nullable Frame audioConfig(Codec codec, long dts, ByteBuf body, int start, int end) {
    if (start == end) {
      return null;
    }
    Track track = configured(audio, codec, body, start, end);
    audio = track;
    return config(track, dts, true, body, start, end);
  }

  /** A codec that is only passed through keeps its FourCC, and not its configuration, in its track. */
  private static @Nullable Frame otherConfig(Track track, long dts, ByteBuf body, int start, int end) {
    checkConfigSize(end - start);
    return start == end ? null : config(track, dts, true, body, start, end);
  }

  private static Track configured(@Nullable Track current, Codec codec, ByteBuf body, int start, int end) {
    checkConfigSize(end - start);
    byte[] config = ByteBufUtil.getBytes(body, start, end - start);
    boolean same = current != null && current.codec() == codec && Arrays.equals(current.config(), config);
    return same && current != null ? current : Tracks.of(codec, config);
  }

  private Track bareVideo(Codec codec) {
    Track track = video;
    if (track == null || track.codec() != codec) {
      track = Track.bare(codec);
      video = track;
    }
    return track;
  }

  private Track bareAudio(Codec codec) {
    Track track = audio;
    if (track == null || track.codec() != codec) {
      track = Track.bare(codec);
      audio = track;
    }
    return track;
  }

  private Track videoTrack(Codec codec, byte[] config) {
    Track track = video;
    if (track == null || track.codec() != codec || !Arrays.equals(track.config(), config)) {
      track = Tracks.of(codec, config);
      video = track;
    }
    return track;
  }

  private Track otherAudio(byte[] config) {
    Track track = audio;
    if (track == null || track.codec() != Codec.OTHER_AUDIO || !Arrays.equals(track.config(), config)) {
      track = Tracks.audio(Codec.OTHER_AUDIO, config, null);
      audio = track;
    }
    return track;
  }

  static void checkConfigSize(int bytes) {
    if (bytes > Tracks.MAX_CONFIG) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE,
          "a configuration of " + bytes + " bytes is refused: at most " + Tracks.MAX_CONFIG + " are accepted");
    }
  }

  /** A copy: a configuration is kept for long, and would keep the memory of whatever lies around it. */
  private static Frame config(Track track, long dts, boolean key, ByteBuf body, int start, int end) {
    return new Frame(track, dts, 0, key, true, body.copy(start, end - start));
  }

  private static @Nullable Frame media(
      Track track, long dts, int offset, boolean key, ByteBuf body, int start, int end) {
    if (start >= end) {
      return null;
    }
    // Nearly every payload reaches to the end of its body, and then needs no slice of its own.
    boolean toTheEnd = end == body.writerIndex();
    ByteBuf payload = toTheEnd ? body.retain().readerIndex(start) : body.retainedSlice(start, end - start);
    return new Frame(track, dts, offset, key, false, payload);
  }

  private static byte[] fourCcBytes(int fourCc) {
    return new byte[] {(byte) (fourCc >> 24), (byte) (fourCc >> 16), (byte) (fourCc >> 8), (byte) fourCc};
  }

  private static SluiceException broken(String what) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, "FLV data can't be read: " + what);
  }
}
