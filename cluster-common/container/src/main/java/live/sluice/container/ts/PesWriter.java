package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Cuts the PES packets of one track into transport packets (ISO/IEC 13818-1, section 2.4.3). The length of a PES packet
 * is told at its beginning, so that each byte is copied once, from the payload to its place: stuffing can only be put
 * before the bytes of the last packet.
 */
final class PesWriter {
  private static final int PCR_FIELD = 8;
  private static final int FLAG_RANDOM_ACCESS = 0x40;
  private static final int FLAG_PCR = 0x10;
  private static final byte[] STUFFING = stuffing();

  private final int pid;
  private final int streamId;
  private final byte[] header = new byte[19];
  private ByteBuf out = Unpooled.EMPTY_BUFFER;
  private int counter;

  /** Payload bytes that the packet at hand still takes. */
  private int room;

  /** Bytes of the PES packet that no packet was opened for. */
  private int left;

  PesWriter(int pid, int streamId) {
    this.pid = pid;
    this.streamId = streamId;
  }

  /**
   * Begins a PES packet; exactly {@code size} bytes of payload must be put.
   *
   * @param bounded whether the length is written: it must be for all but video
   * @param pcr time of the clock reference in ticks, negative for none
   */
  void begin(ByteBuf target, int size, long pts, long dts, boolean bounded, boolean randomAccess, long pcr) {
    int headerSize = header(size, pts, dts, bounded);
    out = target;
    left = headerSize + size;
    out.ensureWritable((left + PCR_FIELD + Ts.PAYLOAD - 1) / Ts.PAYLOAD * Ts.PACKET);
    int flags = (randomAccess ? FLAG_RANDOM_ACCESS : 0) | (pcr >= 0 ? FLAG_PCR : 0);
    openPacket(true, flags, pcr);
    put(header, 0, headerSize);
  }

  void put(ByteBuf source, int index, int length) {
    int from = index;
    while (from < index + length) {
      int part = part(index + length - from);
      out.writeBytes(source, from, part);
      from += part;
    }
  }

  void put(byte[] source, int index, int length) {
    int from = index;
    while (from < index + length) {
      int part = part(index + length - from);
      out.writeBytes(source, from, part);
      from += part;
    }
  }

  /** Makes room for some of {@code rest} bytes, which the caller is to write at once; says for how many. */
  private int part(int rest) {
    if (room == 0) {
      openPacket(false, 0, -1);
    }
    int part = Math.min(room, rest);
    room -= part;
    return part;
  }

  /** Writes a packet that holds nothing but the clock reference; such a packet has the counter of the one before. */
  void clock(ByteBuf target, long pcr) {
    target.writeByte(Ts.SYNC).writeShort(pid).writeByte(0x20 | (counter - 1 & 15));
    target.writeByte(Ts.PAYLOAD - 1).writeByte(FLAG_PCR);
    writePcr(target, pcr);
    target.writeBytes(STUFFING, 0, Ts.PAYLOAD - PCR_FIELD);
  }

  private void openPacket(boolean first, int flags, long pcr) {
    int field = (flags & FLAG_PCR) != 0 ? PCR_FIELD : flags != 0 ? 2 : 0;
    int adaptation = Math.max(field, Ts.PAYLOAD - left);
    out.writeByte(Ts.SYNC);
    out.writeShort(first ? 0x4000 | pid : pid);
    out.writeByte((adaptation > 0 ? 0x30 : 0x10) | counter);
    counter = counter + 1 & 15;
    if (adaptation > 0) {
      out.writeByte(adaptation - 1);
      if (adaptation > 1) {
        out.writeByte(flags);
        int written = 2;
        if ((flags & FLAG_PCR) != 0) {
          writePcr(out, pcr);
          written = PCR_FIELD;
        }
        out.writeBytes(STUFFING, 0, adaptation - written);
      }
    }
    room = Ts.PAYLOAD - adaptation;
    left -= room;
  }

  /** Base of 33 bits, 6 reserved bits, extension of 9 bits, which is 0 here. */
  private static void writePcr(ByteBuf out, long pcr) {
    long base = pcr & Ts.TIME_MASK;
    out.writeInt((int) (base >> 1));
    out.writeShort((int) (base & 1) << 15 | 0x7e00);
  }

  private int header(int size, long pts, long dts, boolean bounded) {
    boolean two = pts != dts;
    int stamps = two ? 10 : 5;
    int length = bounded ? 3 + stamps + size : 0;
    header[0] = 0;
    header[1] = 0;
    header[2] = 1;
    header[3] = (byte) streamId;
    header[4] = (byte) (length >> 8);
    header[5] = (byte) length;
    header[6] = (byte) 0x84; // data_alignment_indicator: an access unit begins here
    header[7] = (byte) (two ? 0xc0 : 0x80);
    header[8] = (byte) stamps;
    stamp(9, two ? 3 : 2, pts);
    if (two) {
      stamp(14, 1, dts);
    }
    return 9 + stamps;
  }

  private void stamp(int at, int mark, long time) {
    header[at] = (byte) (mark << 4 | ((int) (time >> 29) & 0x0e) | 1);
    header[at + 1] = (byte) (time >> 22);
    header[at + 2] = (byte) (time >> 14 | 1);
    header[at + 3] = (byte) (time >> 7);
    header[at + 4] = (byte) (time << 1 | 1);
  }

  private static byte[] stuffing() {
    byte[] bytes = new byte[Ts.PAYLOAD];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }
}
