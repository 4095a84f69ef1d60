package live.sluice.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wire form of all that we put into the directory: names and texts. A node of another version skips what it does
 * not know and takes a default for what is missing, so that versions can run side by side, without the replicated
 * schemas of Hazelcast's own formats.
 */
final class Fields {
  private static final int MOST = 64;
  private static final String BETWEEN = "\n";

  private final Map<String, String> values = new LinkedHashMap<>();

  Fields put(String name, String value) {
    values.put(name, value);
    return this;
  }

  Fields put(String name, long value) {
    return put(name, Long.toString(value));
  }

  Fields put(String name, boolean value) {
    return put(name, value ? 1 : 0);
  }

  Fields put(String name, List<String> list) {
    return put(name, String.join(BETWEEN, list));
  }

  /** Puts all of {@code nested}, each name behind {@code prefix} and a dot. */
  Fields put(String prefix, Fields nested) {
    nested.values.forEach((name, value) -> values.put(prefix + '.' + name, value));
    return this;
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  long number(String name) {
    String value = values.get(name);
    return value == null ? 0 : Long.parseLong(value);
  }

  boolean flag(String name) {
    return number(name) != 0;
  }

  List<String> list(String name) {
    String value = text(name);
    return value.isEmpty() ? List.of() : List.of(value.split(BETWEEN, -1));
  }

  /** What was put with that prefix. */
  Fields nested(String prefix) {
    Fields nested = new Fields();
    String start = prefix + '.';
    values.forEach(
        (name, value) -> {
          if (name.startsWith(start)) {
            nested.values.put(name.substring(start.length()), value);
          }
        });
    return nested;
  }

  boolean has(String prefix) {
    return values.keySet().stream().anyMatch(name -> name.startsWith(prefix + '.'));
  }

  void writeTo(ObjectDataOutput out) throws IOException {
    out.writeInt(values.size());
    for (Map.Entry<String, String> field : values.entrySet()) {
      out.writeString(field.getKey());
      out.writeString(field.getValue());
    }
  }

  static Fields readFrom(ObjectDataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a directory record says it has " + count + " fields; at most " + MOST + " are taken");
    }
    Fields fields = new Fields();
    for (int i = 0; i < count; i++) {
      String name = in.readString();
      String value = in.readString();
      if (name != null && value != null) {
        fields.values.put(name, value);
      }
    }
    return fields;
  }
}
