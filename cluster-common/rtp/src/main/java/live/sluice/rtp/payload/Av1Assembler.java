package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpPacket;

/**
 * AV1 (RTP payload format for AV1, version 1.0.0): the OBUs of a temporal unit, each with its size as files have it.
 * How large an OBU is stands nowhere, so that the packets are walked over twice: to measure, and to write.
 */
final class Av1Assembler implements PictureAssembler {
  /** Most OBUs of a temporal unit; tiles and layers make dozens. */
  private static final int MOST_OBUS = 1024;

  private static final int MOST_SIZE_BYTES = 5;
  /** Largest sequence header that is taken, in bytes: far more than they have. */
  private static final int MOST_HEADER = 1024;

  private static final byte[] NONE = {};

  private final ByteBufAllocator allocator;
  private final Av1Elements elements = new Av1Elements();
  private final ObuCursor cursor = new ObuCursor();
  private int[] lengths = new int[16];
  private int count;
  private byte[] record = NONE;

  // Of the OBU that is being written.
  private ByteBuf out = Unpooled.EMPTY_BUFFER;
  private int obuLength;
  private int written;
  private int headerLength;
  private boolean isDropped;

  Av1Assembler(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public Assembled assemble(List<RtpPacket> packets) {
    int bytes = measure(packets);
    if (bytes < 0) {
      return Assembled.Broken.IT;
    }
    out = allocator.buffer(bytes + count * MOST_SIZE_BYTES);
    Assembled assembled = Assembled.Broken.IT;
    try {
      write(packets);
      assembled = whole();
      return assembled;
    } finally {
      if (!(assembled instanceof Assembled.Unit)) {
        out.release();
      }
      out = Unpooled.EMPTY_BUFFER;
    }
  }

  @Override
  public void lost() {
    // A keyframe that begins a sequence has its sequence header in its first packet.
  }

  /** Finds the lengths of all OBUs; gives their sum, or -1 where one is incomplete. */
  private int measure(List<RtpPacket> packets) {
    count = 0;
    int bytes = 0;
    boolean open = false;
    for (RtpPacket packet : packets) {
      elements.reset(packet);
      while (elements.next()) {
        if (elements.continued() != open) {
          return -1;
        }
        if (!open) {
          if (count == MOST_OBUS) {
            return -1;
          }
          if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * count);
          }
          lengths[count++] = 0;
        }
        lengths[count - 1] += elements.length();
        bytes += elements.length();
        open = elements.continues();
      }
      if (elements.broken()) {
        return -1;
      }
    }
    return open ? -1 : bytes;
  }

  private void write(List<RtpPacket> packets) {
    int next = 0;
    for (RtpPacket packet : packets) {
      elements.reset(packet);
      while (elements.next()) {
        if (!elements.continued()) {
          obuLength = lengths[next++];
          written = 0;
        }
        write(elements.source(), elements.offset(), elements.length());
      }
    }
  }

  /** Writes a part of an OBU, with the size put in behind the header. */
  private void write(ByteBuf in, int offset, int length) {
    int at = offset;
    int end = offset + length;
    if (written == 0 && length > 0) {
      int header = in.getByte(at++);
      isDropped = !Obu.carried(Obu.type(header));
      headerLength = Obu.headerLength(header);
      boolean sized = Obu.hasSize(header);
      if (!isDropped) {
        out.writeByte(header | Obu.HAS_SIZE);
      }
      written++;
      if (sized) {
        // Allowed, if not asked for: whether the size is right is seen when all is walked over.
        headerLength = 0;
      } else if (headerLength == 1) {
        writeSize();
      }
    }
    if (written == 1 && headerLength == 2 && at < end) {
      if (!isDropped) {
        out.writeByte(in.getByte(at));
      }
      at++;
      written++;
      writeSize();
    }
    if (!isDropped) {
      out.writeBytes(in, at, end - at);
    }
    written += end - at;
  }

  private void writeSize() {
    if (!isDropped) {
      Leb128.write(out, obuLength - headerLength);
    }
  }

  private Assembled whole() {
    boolean picture = false;
    boolean keyframe = false;
    cursor.reset(out);
    while (cursor.next()) {
      if (!Obu.hasSize(cursor.header())) {
        // What is left over where an element said less than its own length.
        return Assembled.Broken.IT;
      }
      if (cursor.type() == Obu.SEQUENCE_HEADER) {
        readSequenceHeader();
      } else if (Obu.beginsPicture(cursor.type()) && !picture && cursor.payloadLength() > 0) {
        picture = true;
        keyframe = Obu.isKeyframe(out.getUnsignedByte(cursor.payloadOffset()));
      }
    }
    if (cursor.truncated()) {
      return Assembled.Broken.IT;
    }
    if (!picture) {
      return Assembled.Nothing.IT;
    }
    return record.length > 0 ? new Assembled.Unit(out, keyframe, record) : Assembled.Broken.IT;
  }

  /** Makes the record of the sequence header that the cursor stands at; none where it can't be read. */
  private void readSequenceHeader() {
    byte[] made = NONE;
    try {
      if (cursor.length() <= MOST_HEADER) {
        byte[] body = ByteBufUtil.getBytes(out, cursor.payloadOffset(), cursor.payloadLength());
        made = Av1Record.of(body, ByteBufUtil.getBytes(out, cursor.offset(), cursor.length()));
      }
    } catch (SluiceException unreadable) {
      // Without it there is nothing to decode with.
    }
    record = Arrays.equals(made, record) ? record : made;
  }
}
