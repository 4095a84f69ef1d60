package live.sluice.node.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the keys, taken from the records. */
final class Keys {

  /**
   * A key that has a value of its own, or a list or map of them.
   *
   * @param path such as {@code node.drain-deadline}
   * @param type of the record's component
   * @param standard its default
   */
  record Key(String path, Type type, @Nullable Object standard) {
    String env() {
      return Keys.env(path);
    }
  }

  private Keys() {}

  /** All keys, in the order of the records. */
  static List<Key> all() {
    List<Key> keys = new ArrayList<>();
    collect("", NodeConfig.defaults(), keys);
    return keys;
  }

  private static void collect(String prefix, Record defaults, List<Key> keys) {
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      String path = prefix + kebab(component.getName());
      Object value = value(defaults, component);
      if (value instanceof Record section && !(value instanceof OneValue)) {
        collect(path + '.', section, keys);
      } else {
        keys.add(new Key(path, component.getGenericType(), value));
      }
    }
  }

  /** The value of a record's component. */
  static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }

  /** {@code drainDeadline} as {@code drain-deadline}. */
  static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** The environment variable of a key. */
  static String env(String path) {
    return "SLUICE_" + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
