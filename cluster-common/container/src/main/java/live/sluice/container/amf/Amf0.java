package live.sluice.container.amf;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.SluiceException;

/**
 * Reads and writes AMF0 values. They are {@link Double}, {@link Boolean}, {@link String}, {@link AmfObject},
 * {@link List} (strict array), {@link AmfNull} and {@link AmfDate}; XML documents are read as strings.
 *
 * <p>Input that breaks the format, or uses what no live stream needs (references, AMF3), ends in a
 * {@link SluiceException} with PROTOCOL_ERROR; input past the bounds in one with TOO_LARGE.
 */
public final class Amf0 {
  /** Most objects and arrays within each other. */
  public static final int MAX_DEPTH = 16;

  /** Longest string, long string, or name of a property, in bytes of UTF-8. */
  public static final int MAX_STRING = 65_535;

  /** Most values, counting each property and element, in one call. */
  public static final int MAX_VALUES = 16_384;

  private Amf0() {}

  /** Reads one value at the reader index of {@code in} and moves past it. */
  public static Object read(ByteBuf in) {
    return new AmfReader(in).value(0);
  }

  /** Reads values to the end of {@code in}. */
  public static List<Object> readAll(ByteBuf in) {
    AmfReader reader = new AmfReader(in);
    List<Object> values = new ArrayList<>();
    while (in.isReadable()) {
      values.add(reader.value(0));
    }
    return values;
  }

  /**
   * Writes values one after the other. Any {@link Number} is written as a number.
   *
   * @throws IllegalArgumentException for an object that has no form in AMF0
   */
  public static void write(ByteBuf out, Object... values) {
    for (Object value : values) {
      AmfWriter.value(out, value);
    }
  }
}
