package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Feeds scanners: in one piece, cut at every byte, and byte by byte; the results must be the same. */
final class Pieces {
  private Pieces() {}

  /** What a scanner notes of the input, cut in two at {@code cut}. */
  static List<String> cut(byte[] input, int cut, Function<List<String>, ByteSink> scanner) {
    List<String> notes = new ArrayList<>();
    ByteSink sink = scanner.apply(notes);
    ByteBuf in = Unpooled.wrappedBuffer(input);
    sink.bytes(in, 0, cut);
    sink.bytes(in, cut, input.length);
    return notes;
  }

  /** The same of every byte alone. */
  static List<String> single(byte[] input, Function<List<String>, ByteSink> scanner) {
    List<String> notes = new ArrayList<>();
    ByteSink sink = scanner.apply(notes);
    ByteBuf in = Unpooled.wrappedBuffer(input);
    for (int i = 0; i < input.length; i++) {
      sink.bytes(in, i, i + 1);
    }
    return notes;
  }

  static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    buffer.release();
    return bytes;
  }

  /** A sink that notes frames. */
  static FrameSink frames(List<String> notes) {
    return (type, timestamp, head, headLength, length) ->
        notes.add(type + "@" + timestamp + " " + length + " " + headLength + " " + sum(head, headLength)
            + (type == FrameSink.VIDEO ? " clock " + SenderClock.find(head, headLength) : ""));
  }

  private static int sum(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum = sum * 31 + bytes[i];
    }
    return sum;
  }
}
