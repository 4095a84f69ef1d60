package live.sluice.hop.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Fields of a message, each with a number by which it is known and with its length, so that what is not known can be passed
 * over: one byte of number, two bytes of length, the value.
 */
public final class Fields {
  /** Longest text, in bytes. */
  public static final int MAX_TEXT = 2048;

  /** Told of one field after the other. */
  @FunctionalInterface
  public interface Visitor {
    /** A field; {@code value} is borrowed. */
    void field(int number, ByteBuf value);
  }

  private Fields() {}

  /** Writes a number. */
  public static void writeNumber(ByteBuf out, int number, long value) {
    out.writeByte(number).writeShort(Long.BYTES).writeLong(value);
  }

  /** Writes a text; one that is longer than {@link #MAX_TEXT} is left out, as cutting it could turn its meaning round. */
  public static void writeText(ByteBuf out, int number, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    if (length <= MAX_TEXT) {
      out.writeByte(number).writeShort(length);
      ByteBufUtil.writeUtf8(out, text);
    }
  }

  /** Writes a field that consists of fields, which {@code fields} writes. */
  public static void writeFields(ByteBuf out, int number, Runnable fields) {
    out.writeByte(number).writeShort(0);
    int start = out.writerIndex();
    fields.run();
    out.setShort(start - Short.BYTES, out.writerIndex() - start);
  }

  /**
   * Reads all that is left of {@code in}.
   *
   * @throws SluiceException PROTOCOL_ERROR
   */
  public static void read(ByteBuf in, Visitor visitor) {
    while (in.isReadable()) {
      if (in.readableBytes() < 3) {
        throw broken("a field is cut off");
      }
      int number = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      if (length > in.readableBytes()) {
        throw broken("a field claims " + length + " bytes");
      }
      visitor.field(number, in.readSlice(length));
    }
  }

  /** A number of 1 to 8 bytes, not negative up to 7. */
  public static long number(ByteBuf value) {
    int length = value.readableBytes();
    if (length == 0 || length > Long.BYTES) {
      throw broken("a number has " + length + " bytes");
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = (number << 8) | value.getUnsignedByte(value.readerIndex() + i);
    }
    return number;
  }

  /** A number between two others, both included. */
  public static int number(ByteBuf value, int least, int most) {
    long number = number(value);
    if (number < least || number > most) {
      throw broken(number + " is not between " + least + " and " + most);
    }
    return (int) number;
  }

  /** A text. */
  public static String text(ByteBuf value) {
    if (value.readableBytes() > MAX_TEXT) {
      throw broken("a text has " + value.readableBytes() + " bytes");
    }
    return value.toString(StandardCharsets.UTF_8);
  }

  /** What is thrown of something that makes no sense. */
  public static SluiceException broken(String what) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, "what another node sent can't be read: " + what);
  }
}
