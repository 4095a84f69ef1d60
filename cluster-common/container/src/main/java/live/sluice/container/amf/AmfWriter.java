package live.sluice.container.amf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes AMF0 values. What it is given comes from our own code, so it holds no bounds but those of the format. */
final class AmfWriter {
  private AmfWriter() {}

  static void value(ByteBuf out, Object value) {
    switch (value) {
      case Number n -> out.writeByte(AmfMarker.NUMBER).writeDouble(n.doubleValue());
      case Boolean b -> out.writeByte(AmfMarker.BOOLEAN).writeBoolean(b);
      case String s -> string(out, s);
      case AmfObject o -> object(out, o);
      case List<?> list -> strictArray(out, list);
      case AmfNull nothing -> out.writeByte(nothing == AmfNull.NULL ? AmfMarker.NULL : AmfMarker.UNDEFINED);
      case AmfDate d -> out.writeByte(AmfMarker.DATE).writeDouble(d.epochMs()).writeShort(d.timeZone());
      default -> throw new IllegalArgumentException("no AMF0 form for " + value.getClass().getName());
    }
  }

  private static void string(ByteBuf out, String s) {
    int length = ByteBufUtil.utf8Bytes(s);
    if (length <= 0xffff) {
      out.writeByte(AmfMarker.STRING).writeShort(length);
    } else {
      out.writeByte(AmfMarker.LONG_STRING).writeInt(length);
    }
    out.writeCharSequence(s, StandardCharsets.UTF_8);
  }

  private static void object(ByteBuf out, AmfObject object) {
    if (object.ecma()) {
      out.writeByte(AmfMarker.ECMA_ARRAY).writeInt(object.size());
    } else {
      out.writeByte(AmfMarker.OBJECT);
    }
    for (Map.Entry<String, Object> property : object.properties().entrySet()) {
      name(out, property.getKey());
      value(out, property.getValue());
    }
    out.writeShort(0).writeByte(AmfMarker.OBJECT_END);
  }

  private static void name(ByteBuf out, String name) {
    int length = ByteBufUtil.utf8Bytes(name);
    if (length > 0xffff) {
      throw new IllegalArgumentException("a property's name of " + length + " bytes");
    }
    out.writeShort(length);
    out.writeCharSequence(name, StandardCharsets.UTF_8);
  }

  private static void strictArray(ByteBuf out, List<?> list) {
    out.writeByte(AmfMarker.STRICT_ARRAY).writeInt(list.size());
    for (Object element : list) {
      value(out, element == null ? AmfNull.NULL : element);
    }
  }
}
