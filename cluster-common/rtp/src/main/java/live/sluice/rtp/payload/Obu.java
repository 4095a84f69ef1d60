package live.sluice.rtp.payload;

/** Open bitstream units of AV1: their headers (AV1, section 5.3.2) and types (section 6.2.2). */
final class Obu {
  static final int SEQUENCE_HEADER = 1;
  static final int TEMPORAL_DELIMITER = 2;
  static final int FRAME_HEADER = 3;
  static final int FRAME = 6;
  static final int TILE_LIST = 8;
  static final int PADDING = 15;

  static final int HAS_SIZE = 0x02;
  private static final int HAS_EXTENSION = 0x04;

  private Obu() {}

  static int type(int header) {
    return header >> 3 & 0x0f;
  }

  static boolean hasSize(int header) {
    return (header & HAS_SIZE) != 0;
  }

  /** Bytes of the header with its extension, without the size. */
  static int headerLength(int header) {
    return (header & HAS_EXTENSION) != 0 ? 2 : 1;
  }

  /** Whether OBUs of that type are carried; the others mean nothing, or nothing outside of a file (RTP, section 5). */
  static boolean carried(int type) {
    return type != TEMPORAL_DELIMITER && type != TILE_LIST && type != PADDING;
  }

  /** Whether it has the first bits of a picture. */
  static boolean beginsPicture(int type) {
    return type == FRAME || type == FRAME_HEADER;
  }

  /** Whether a picture is a key frame, by its first byte: show_existing_frame 0, frame_type 0 (section 5.9.2). */
  static boolean isKeyframe(int firstByte) {
    return (firstByte & 0xe0) == 0;
  }
}
