package live.sluice.node.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as key and value, without its secrets. */
final class Describe {
  private Describe() {}

  static void into(Map<String, String> lines, String prefix, Record section) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      String path = prefix + Keys.kebab(component.getName());
      Object value = Keys.value(section, component);
      if (value instanceof Record inner && !(value instanceof OneValue)) {
        into(lines, path + '.', inner);
      } else if (component.isAnnotationPresent(Secret.class)) {
        lines.put(path, isEmpty(value) ? Values.write(value) : "***");
      } else {
        lines.put(path, Values.write(value));
      }
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value instanceof List<?> list ? list.isEmpty() : Values.write(value).isEmpty();
  }
}
