package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.AvcConfig;
import live.sluice.media.codec.HevcConfig;
import live.sluice.media.codec.Nal;
import live.sluice.media.codec.NalCursor;

/**
 * Access units of H.264 and HEVC as PES packets: length prefixes become start codes (annex B of both standards), an
 * access unit delimiter stands first, and where decoding can begin, the parameter sets stand before the slices.
 */
final class VideoPes {
  private static final byte[] AVC_DELIMITER = {0, 0, 0, 1, Nal.H264_AUD, (byte) 0xf0};
  private static final byte[] HEVC_DELIMITER = {0, 0, 0, 1, Nal.HEVC_AUD << 1, 1, 0x50};
  private static final byte[] START_CODE = {0, 0, 0, 1};
  private static final int STREAM_ID = 0xe0;

  private final PesWriter pes = new PesWriter(TsTables.VIDEO_PID, STREAM_ID);
  private final NalCursor cursor = new NalCursor();
  private Codec codec = Codec.H264;
  private int lengthSize = 4;
  private byte[] parameterSets = {};
  private byte[] delimiter = AVC_DELIMITER;

  /** The track of the frames to come, which must be a supported one. */
  void track(Track track) {
    codec = track.codec();
    List<byte[]> sets = new ArrayList<>();
    if (codec == Codec.HEVC) {
      HevcConfig config = HevcConfig.parse(track.config());
      lengthSize = config.lengthSize();
      sets.addAll(config.vps());
      sets.addAll(config.sps());
      sets.addAll(config.pps());
      delimiter = HEVC_DELIMITER;
    } else {
      AvcConfig config = AvcConfig.parse(track.config());
      lengthSize = config.lengthSize();
      sets.addAll(config.sps());
      sets.addAll(config.pps());
      delimiter = AVC_DELIMITER;
    }
    parameterSets = annexB(sets);
  }

  private static byte[] annexB(List<byte[]> nals) {
    ByteBuf all = Unpooled.buffer();
    for (byte[] nal : nals) {
      all.writeBytes(START_CODE).writeBytes(nal);
    }
    return ByteBufUtil.getBytes(all);
  }

  /**
   * Writes one access unit; false, and nothing, where it has no slice.
   *
   * @param opening whether it is the first one of a segment, which gets the parameter sets too
   */
  boolean write(Frame frame, long pts, long dts, long pcr, boolean opening, ByteBuf out) {
    ByteBuf payload = frame.payload();
    int size = delimiter.length;
    boolean slices = false;
    boolean hasSets = false;
    cursor.reset(payload, lengthSize);
    while (cursor.next()) {
      int type = Nal.type(codec, cursor.firstByte());
      if (!Nal.isDelimiter(codec, type)) {
        // The first NAL unit of an access unit and parameter sets have a start code of 4 bytes, all others one of 3.
        boolean set = Nal.isParameterSet(codec, type);
        size += cursor.length() + (set ? 4 : 3);
        hasSets |= set;
        slices |= Nal.isSlice(codec, type);
      }
    }
    if (!slices) {
      return false;
    }
    boolean addSets = !hasSets && (opening || frame.keyframe());
    size += addSets ? parameterSets.length : 0;
    pes.begin(out, size, pts, dts, false, frame.keyframe(), pcr);
    pes.put(delimiter, 0, delimiter.length);
    if (addSets) {
      pes.put(parameterSets, 0, parameterSets.length);
    }
    cursor.reset(payload, lengthSize);
    while (cursor.next()) {
      int type = Nal.type(codec, cursor.firstByte());
      if (!Nal.isDelimiter(codec, type)) {
        int code = Nal.isParameterSet(codec, type) ? 4 : 3;
        pes.put(START_CODE, 4 - code, code);
        pes.put(payload, cursor.offset(), cursor.length());
      }
    }
    return true;
  }

  /** Writes a clock reference alone. */
  void clock(ByteBuf out, long pcr) {
    pes.clock(out, pcr);
  }
}
