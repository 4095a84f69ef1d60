package live.sluice.hop.control;

import io.netty.buffer.ByteBuf;
import live.sluice.hop.wire.Fields;

/** Messages of nothing but numbers: the fields 1, 2, 3 and so on. */
final class NumberMessages {
  private NumberMessages() {}

  static void write(ByteBuf out, long... values) {
    for (int i = 0; i < values.length; i++) {
      Fields.writeNumber(out, i + 1, values[i]);
    }
  }

  static long[] read(ByteBuf in, int count) {
    long[] values = new long[count];
    Fields.read(
        in,
        (number, field) -> {
          if (number >= 1 && number <= count) {
            values[number - 1] = Fields.number(field);
          }
        });
    return values;
  }
}
