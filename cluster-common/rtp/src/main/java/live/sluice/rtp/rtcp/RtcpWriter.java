package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes RTCP packets one behind the other into a buffer, of which the writer index moves. A compound packet begins
 * with a sender or receiver report and has a canonical name (RFC 3550, section 6.1); feedback alone may do without
 * both where reduced size was agreed on (RFC 5506). Transport-wide feedback has a writer of its own: {@link
 * TransportFeedbackWriter}.
 */
public final class RtcpWriter {
  private static final int MOST_NAME_BYTES = 255;
  private static final int BITS_OF_NACK = 16;
  private static final int BITS_OF_MANTISSA = 18;

  private RtcpWriter() {}

  /** SR, with at most 31 blocks of what its sender receives. */
  public static void senderReport(ByteBuf out, SenderReport report, List<ReportBlock> blocks) {
    int start = begin(out, Rtcp.SR, blocks.size(), report.ssrc());
    out.writeLong(report.ntp());
    out.writeInt(report.rtpTimestamp());
    out.writeInt((int) report.packets());
    out.writeInt((int) report.octets());
    blocks(out, blocks);
    end(out, start);
  }

  /** RR, with at most 31 blocks; none is a report too. */
  public static void receiverReport(ByteBuf out, int ssrc, List<ReportBlock> blocks) {
    int start = begin(out, Rtcp.RR, blocks.size(), ssrc);
    blocks(out, blocks);
    end(out, start);
  }

  private static void blocks(ByteBuf out, List<ReportBlock> blocks) {
    if (blocks.size() > Rtcp.MOST_BLOCKS) {
      throw new IllegalArgumentException(blocks.size() + " report blocks in a packet");
    }
    for (int i = 0; i < blocks.size(); i++) {
      ReportBlock block = blocks.get(i);
      out.writeInt(block.ssrc());
      out.writeByte(block.fractionLost());
      out.writeMedium(block.cumulativeLost());
      out.writeInt((int) block.highestSequence());
      out.writeInt((int) block.jitter());
      out.writeInt(block.lastSr());
      out.writeInt(block.delaySinceLastSr());
    }
  }

  /** SDES with the canonical name of one source, at most 255 bytes of UTF-8. */
  public static void cname(ByteBuf out, int ssrc, String cname) {
    byte[] name = cname.getBytes(StandardCharsets.UTF_8);
    if (name.length > MOST_NAME_BYTES) {
      throw new IllegalArgumentException("a canonical name of " + name.length + " bytes");
    }
    int start = begin(out, Rtcp.SDES, 1, ssrc);
    out.writeByte(Rtcp.CNAME);
    out.writeByte(name.length);
    out.writeBytes(name);
    // One to four zeros: the end of the items, and the rest of the word.
    out.writeZero(Integer.BYTES - (out.writerIndex() - start) % Integer.BYTES);
    end(out, start);
  }

  /** BYE of one source, without a reason. */
  public static void bye(ByteBuf out, int ssrc) {
    end(out, begin(out, Rtcp.BYE, 1, ssrc));
  }

  /**
   * NACK; RFC 4585, section 6.2.1. Its entries take 4 bytes for each 1 to 17 packets. Nothing is written for none.
   *
   * @param sender SSRC of who asks
   * @param media the stream of which packets are missing
   * @param sequences their numbers, each greater than the one before it modulo 2^16
   * @param count how many of them
   */
  public static void nack(ByteBuf out, int sender, int media, int[] sequences, int count) {
    if (count == 0) {
      return;
    }
    int start = begin(out, Rtcp.RTPFB, Rtcp.NACK, sender);
    out.writeInt(media);
    int i = 0;
    while (i < count) {
      int first = sequences[i];
      int bits = 0;
      for (i++; i < count; i++) {
        int behind = sequences[i] - first & 0xffff;
        if (behind < 1 || behind > BITS_OF_NACK) {
          break;
        }
        bits |= 1 << (behind - 1);
      }
      out.writeShort(first);
      out.writeShort(bits);
    }
    end(out, start);
  }

  /** PLI: {@code sender} lost a picture of {@code media}; RFC 4585, section 6.3.1. */
  public static void pli(ByteBuf out, int sender, int media) {
    int start = begin(out, Rtcp.PSFB, Rtcp.PLI, sender);
    out.writeInt(media);
    end(out, start);
  }

  /**
   * FIR: {@code sender} needs a keyframe of {@code media}; {@code number} goes up with each; RFC 5104, section 4.3.1.
   */
  public static void fir(ByteBuf out, int sender, int media, int number) {
    int start = begin(out, Rtcp.PSFB, Rtcp.FIR, sender);
    out.writeInt(0);
    out.writeInt(media);
    out.writeByte(number);
    out.writeMedium(0);
    end(out, start);
  }

  /**
   * REMB: what {@code sender} can take of these streams in all; draft-alvestrand-rmcat-remb-03, section 2.2.
   *
   * @param bitsPerSecond not below 0; of it the first 18 bits are kept, rounded down
   * @param media at most 255 SSRCs
   */
  public static void remb(ByteBuf out, int sender, long bitsPerSecond, int... media) {
    if (media.length > 0xff) {
      throw new IllegalArgumentException("an estimate for " + media.length + " streams");
    }
    int start = begin(out, Rtcp.PSFB, Rtcp.APPLICATION, sender);
    out.writeInt(0);
    out.writeInt(Rtcp.REMB_NAME);
    int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - BITS_OF_MANTISSA);
    out.writeByte(media.length);
    out.writeMedium(exponent << BITS_OF_MANTISSA | (int) (bitsPerSecond >> exponent));
    for (int ssrc : media) {
      out.writeInt(ssrc);
    }
    end(out, start);
  }

  /** Writes the first word, of which {@link #end} fills in the length, and the first SSRC; gives where it began. */
  static int begin(ByteBuf out, int type, int count, int ssrc) {
    int start = out.writerIndex();
    out.writeByte(0x80 | count);
    out.writeByte(type);
    out.writeShort(0);
    out.writeInt(ssrc);
    return start;
  }

  /** Writes the length: words behind the first. */
  static void end(ByteBuf out, int start) {
    out.setShort(start + 2, (out.writerIndex() - start) / Integer.BYTES - 1);
  }
}
