package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Track;
import live.sluice.media.codec.AvcConfig;
import live.sluice.media.codec.HevcConfig;

/**
 * What a track's configuration record says to a packetizer.
 *
 * @param lengthSize bytes of the length before each NAL unit of a frame
 * @param sets its parameter sets in the order they are sent in, each a NAL unit; memory that needs no release
 */
record NalConfig(int lengthSize, List<ByteBuf> sets) {
  /** Of a track that tells nothing. */
  static final NalConfig UNKNOWN = new NalConfig(4, List.of());

  /** Reads the record; without one, lengths have 4 bytes, and parameter sets come in the frames if at all. */
  static NalConfig of(Track track) {
    byte[] record = track.config();
    if (record.length == 0) {
      return UNKNOWN;
    }
    List<ByteBuf> sets = new ArrayList<>();
    if (track.codec() == Codec.HEVC) {
      HevcConfig config = HevcConfig.parse(record);
      wrap(config.vps(), sets);
      wrap(config.sps(), sets);
      wrap(config.pps(), sets);
      return new NalConfig(config.lengthSize(), List.copyOf(sets));
    }
    AvcConfig config = AvcConfig.parse(record);
    wrap(config.sps(), sets);
    wrap(config.pps(), sets);
    return new NalConfig(config.lengthSize(), List.copyOf(sets));
  }

  private static void wrap(List<byte[]> nals, List<ByteBuf> out) {
    for (byte[] nal : nals) {
      out.add(Unpooled.wrappedBuffer(nal));
    }
  }
}
