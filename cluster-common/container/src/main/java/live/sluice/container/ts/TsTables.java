package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The two tables of a stream with one program (ISO/IEC 13818-1, sections 2.4.4.3 and 2.4.4.8), each in one packet that is
 * made once per set of tracks; only its continuity counter changes from one writing to the next.
 */
final class TsTables {
  static final int PMT_PID = 0x1000;
  static final int VIDEO_PID = 0x100;
  static final int AUDIO_PID = 0x101;

  private static final int PROGRAM = 1;
  private static final int AT_SECTION = 5;

  private final byte[] pat = pat();
  private byte[] pmt = new byte[0];
  private int version = -1;
  private int patCounter;
  private int pmtCounter;

  /** Describes other tracks from now on, under the next version; a type of 0 stands for no such track. */
  void describe(int videoType, int audioType) {
    version = version + 1 & 0x1f;
    pmt = pmt(videoType, audioType, version);
  }

  void write(ByteBuf out) {
    patCounter = write(out, pat, patCounter);
    pmtCounter = write(out, pmt, pmtCounter);
  }

  private static int write(ByteBuf out, byte[] packet, int counter) {
    packet[3] = (byte) (0x10 | counter);
    out.writeBytes(packet);
    return counter + 1 & 15;
  }

  private static byte[] pat() {
    byte[] packet = packet(Ts.PAT_PID);
    int at = section(packet, 0x00, PROGRAM, 0);
    at = put16(packet, at, PROGRAM);
    at = put16(packet, at, 0xe000 | PMT_PID);
    finish(packet, at);
    return packet;
  }

  private static byte[] pmt(int videoType, int audioType, int version) {
    byte[] packet = packet(PMT_PID);
    int at = section(packet, 0x02, PROGRAM, version);
    at = put16(packet, at, 0xe000 | (videoType != 0 ? VIDEO_PID : AUDIO_PID)); // PCR_PID
    at = put16(packet, at, 0xf000);
    if (videoType != 0) {
      at = stream(packet, at, videoType, VIDEO_PID);
    }
    if (audioType != 0) {
      at = stream(packet, at, audioType, AUDIO_PID);
    }
    finish(packet, at);
    return packet;
  }

  private static int stream(byte[] packet, int start, int type, int pid) {
    int at = start;
    packet[at++] = (byte) type;
    at = put16(packet, at, 0xe000 | pid);
    if (type != Ts.HEVC) {
      return put16(packet, at, 0xf000);
    }
    // Older demuxers know HEVC by its registration descriptor.
    at = put16(packet, at, 0xf006);
    for (int b : new int[] {0x05, 4, 'H', 'E', 'V', 'C'}) {
      packet[at++] = (byte) b;
    }
    return at;
  }

  private static byte[] packet(int pid) {
    byte[] packet = new byte[Ts.PACKET];
    packet[0] = Ts.SYNC;
    put16(packet, 1, 0x4000 | pid);
    packet[4] = 0; // pointer_field
    return packet;
  }

  /** What all sections begin with; the length is filled in at the end. */
  private static int section(byte[] packet, int table, int id, int version) {
    packet[AT_SECTION] = (byte) table;
    int at = put16(packet, AT_SECTION + 3, id);
    packet[at++] = (byte) (0xc1 | version << 1);
    return put16(packet, at, 0); // section_number, last_section_number
  }

  private static void finish(byte[] packet, int end) {
    put16(packet, AT_SECTION + 1, 0xb000 | (end + 4 - AT_SECTION - 3));
    int crc = Crc32Mpeg.of(packet, AT_SECTION, end);
    int at = put16(packet, end, crc >>> 16);
    at = put16(packet, at, crc & 0xffff);
    Arrays.fill(packet, at, packet.length, (byte) 0xff);
  }

  private static int put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
    return at + 2;
  }
}
