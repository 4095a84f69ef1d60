package live.sluice.container.ts;

/** Numbers of the transport stream that writer and reader share (ISO/IEC 13818-1). */
public final class Ts {
  /** Bytes of a packet. */
  public static final int PACKET = 188;

  /** First byte of every packet. */
  public static final int SYNC = 0x47;

  /** stream_type of MPEG-1 audio, MP3 among them. */
  public static final int MPEG1_AUDIO = 0x03;

  /** stream_type of MPEG-2 audio at half sampling rates. */
  public static final int MPEG2_AUDIO = 0x04;

  /** stream_type of AAC in ADTS. */
  public static final int AAC_ADTS = 0x0f;

  /** stream_type of H.264. */
  public static final int H264 = 0x1b;

  /** stream_type of HEVC. */
  public static final int HEVC = 0x24;

  /** Ticks of PTS, DTS and the PCR's base in a ms. */
  public static final int TICKS_PER_MS = 90;

  /** Bits of a time, which wraps after 26.5 hours. */
  public static final int TIME_BITS = 33;

  /** All bits of a time. */
  public static final long TIME_MASK = (1L << TIME_BITS) - 1;

  /** Payload bytes of a packet without adaptation field. */
  static final int PAYLOAD = PACKET - 4;

  static final int PAT_PID = 0;
  static final int NULL_PID = 0x1fff;

  private Ts() {}

  /** The time nearest to {@code reference} whose lower 33 bits are {@code ticks}: undoes wraps. */
  public static long unwrap(long reference, long ticks) {
    long step = (ticks - reference) & TIME_MASK;
    return reference + (step < 1L << (TIME_BITS - 1) ? step : step - (1L << TIME_BITS));
  }
}
