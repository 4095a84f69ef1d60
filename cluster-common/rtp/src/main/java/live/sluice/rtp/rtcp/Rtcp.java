package live.sluice.rtp.rtcp;

/** Numbers of RTCP: packet types, formats of feedback, and sizes in bytes. */
final class Rtcp {
  /** RFC 3550, section 6. */
  static final int SR = 200;

  static final int RR = 201;
  static final int SDES = 202;
  static final int BYE = 203;

  /** RFC 4585, section 6.1: feedback of the transport, and of the payload. */
  static final int RTPFB = 205;

  static final int PSFB = 206;

  /** Formats of RTPFB. */
  static final int NACK = 1;

  static final int TRANSPORT_CC = 15;

  /** Formats of PSFB. */
  static final int PLI = 1;

  static final int FIR = 4;
  static final int APPLICATION = 15;

  /** "REMB", by which this use of the application's format is known. */
  static final int REMB_NAME = 0x52454d42;

  static final int CNAME = 1;

  static final int HEADER = 4;
  static final int SSRC = 4;
  static final int SENDER_INFO = 20;
  static final int REPORT_BLOCK = 24;
  static final int MOST_BLOCKS = 31;

  private Rtcp() {}
}
