package live.sluice.container.amf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** One bounded run over AMF0 input: the number of values is counted over all values that it reads. */
final class AmfReader {
  private final ByteBuf in;
  private int values;

  AmfReader(ByteBuf in) {
    this.in = in;
  }

  /** Reads the next value, which stands {@code depth} objects and arrays deep. */
  Object value(int depth) {
    if (++values > Amf0.MAX_VALUES) {
      throw tooLarge("more than " + Amf0.MAX_VALUES + " values");
    }
    need(1);
    int marker = in.readUnsignedByte();
    return switch (marker) {
      case AmfMarker.NUMBER -> number();
      case AmfMarker.BOOLEAN -> bool();
      case AmfMarker.STRING -> shortString();
      case AmfMarker.OBJECT -> properties(AmfObject.object(), deeper(depth));
      case AmfMarker.NULL -> AmfNull.NULL;
      case AmfMarker.UNDEFINED, AmfMarker.UNSUPPORTED -> AmfNull.UNDEFINED;
      case AmfMarker.ECMA_ARRAY -> ecmaArray(deeper(depth));
      case AmfMarker.STRICT_ARRAY -> strictArray(deeper(depth));
      case AmfMarker.DATE -> date();
      case AmfMarker.LONG_STRING, AmfMarker.XML_DOCUMENT -> longString();
      case AmfMarker.TYPED_OBJECT -> typedObject(deeper(depth));
      default -> throw broken("unknown type marker " + marker);
    };
  }

  private double number() {
    need(8);
    return in.readDouble();
  }

  private boolean bool() {
    need(1);
    return in.readByte() != 0;
  }

  private String shortString() {
    need(2);
    return utf8(in.readUnsignedShort());
  }

  private String longString() {
    need(4);
    return utf8(in.readUnsignedInt());
  }

  private String utf8(long length) {
    if (length > Amf0.MAX_STRING) {
      throw tooLarge("a string of " + length + " bytes, where " + Amf0.MAX_STRING + " are accepted");
    }
    need(length);
    return in.readString((int) length, StandardCharsets.UTF_8);
  }

  private AmfObject typedObject(int depth) {
    shortString(); // the class name: nobody here has classes to match it
    return properties(AmfObject.object(), depth);
  }

  /** The count of an ECMA array is a hint only (section 2.10), and wrong in the output of many encoders. */
  private AmfObject ecmaArray(int depth) {
    need(4);
    in.skipBytes(4);
    return properties(AmfObject.ecmaArray(), depth);
  }

  private AmfObject properties(AmfObject object, int depth) {
    // Some encoders end metadata without the end marker: the end of an ECMA array is then the end of the input.
    while (!object.ecma() || in.isReadable()) {
      String name = shortString();
      need(1);
      if (name.isEmpty() && in.getByte(in.readerIndex()) == AmfMarker.OBJECT_END) {
        in.skipBytes(1);
        break;
      }
      object.put(name, value(depth));
    }
    return object;
  }

  private List<Object> strictArray(int depth) {
    need(4);
    long count = in.readUnsignedInt();
    need(count); // each element has a byte at least
    if (count > Amf0.MAX_VALUES) {
      throw tooLarge("an array of " + count + " elements");
    }
    List<Object> elements = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      elements.add(value(depth));
    }
    return elements;
  }

  private AmfDate date() {
    need(10);
    return new AmfDate(in.readDouble(), in.readShort());
  }

  private static int deeper(int depth) {
    if (depth >= Amf0.MAX_DEPTH) {
      throw tooLarge("objects more than " + Amf0.MAX_DEPTH + " deep");
    }
    return depth + 1;
  }

  private void need(long bytes) {
    if (in.readableBytes() < bytes) {
      throw broken("it ends within a value");
    }
  }

  private static SluiceException broken(String what) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, "AMF0 data can't be read: " + what);
  }

  private static SluiceException tooLarge(String what) {
    return new SluiceException(ErrorCode.TOO_LARGE, "AMF0 data is refused: " + what);
  }
}
