package live.sluice.node.config;

import java.lang.reflect.RecordComponent;
import java.util.Map;

/** Writes a configuration as key and value, without its secrets. */
final class Describe {
  private Describe() {}

  static void into(Map<String, String> lines, String prefix, Record section) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      String path = prefix + Keys.kebab(component.getName());
      Object value = Keys.value(section, component);
      if (value instanceof Record inner && !(value instanceof DataSize)) {
        into(lines, path + '.', inner);
      } else if (component.isAnnotationPresent(Secret.class)) {
        lines.put(path, Values.write(value).isEmpty() ? "" : "***");
      } else {
        lines.put(path, Values.write(value));
      }
    }
  }
}
