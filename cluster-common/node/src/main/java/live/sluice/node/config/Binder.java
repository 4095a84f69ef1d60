package live.sluice.node.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes records of what was written, and gathers everything that does not fit. */
final class Binder {
  private final List<Problem> problems;

  Binder(List<Problem> problems) {
    this.problems = problems;
  }

  /** A record of the same class as {@code defaults}, which stand where nothing was written. */
  <R extends Record> R bind(R defaults, YamlNode node, String path) {
    Map<String, YamlNode> members = members(node, path);
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Set<String> known = new LinkedHashSet<>();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = Keys.kebab(components[i].getName());
      known.add(name);
      Object standard = Keys.value(defaults, components[i]);
      YamlNode given = members.get(name);
      values[i] = given == null ? standard : component(components[i], standard, given, child(path, name));
    }
    members.forEach(
        (name, given) -> {
          if (!known.contains(name)) {
            unknown(name, given, path, known);
          }
        });
    return make(defaults, components, values);
  }

  private Map<String, YamlNode> members(YamlNode node, String path) {
    return switch (node) {
      case YamlNode.Members m -> m.members();
      case YamlNode.Scalar s when s.empty() -> Map.of();
      case YamlNode.Scalar s -> {
        wrong(s, path, "is '" + s.text() + "', and must be a map of keys");
        yield Map.of();
      }
      case YamlNode.Items l -> {
        wrong(l, path, "is a list, and must be a map of keys");
        yield Map.of();
      }
    };
  }

  private @Nullable Object component(
      RecordComponent component, @Nullable Object standard, YamlNode given, String path) {
    if (standard instanceof Record section && !(standard instanceof OneValue)) {
      return bind(section, given, path);
    }
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return list((Class<?>) generic.getActualTypeArguments()[0], given, path);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return map((Class<?>) generic.getActualTypeArguments()[1], given, path);
    }
    if (given instanceof YamlNode.Scalar scalar) {
      if (scalar.empty()) {
        return standard;
      }
      Object value = Values.read(component.getType(), component, scalar.text(), why -> wrong(given, path, why));
      return value == null ? standard : value;
    }
    wrong(given, path, "must be one value");
    return standard;
  }

  private List<Object> list(Class<?> element, YamlNode given, String path) {
    List<Object> values = new ArrayList<>();
    if (given instanceof YamlNode.Items items) {
      for (YamlNode item : items.items()) {
        String itemPath = path + '[' + values.size() + ']';
        if (element != String.class) {
          values.add(bind(defaults(element), item, itemPath));
        } else if (item instanceof YamlNode.Scalar scalar && !scalar.empty()) {
          values.add(scalar.text());
        } else {
          wrong(item, itemPath, "must be text");
        }
      }
    } else if (!(given instanceof YamlNode.Scalar s && s.empty())) {
      wrong(given, path, "must be a list");
    }
    return values;
  }

  private Map<String, Object> map(Class<?> element, YamlNode given, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    members(given, path).forEach((name, item) -> values.put(name, bind(defaults(element), item, child(path, name))));
    return values;
  }

  private static Record defaults(Class<?> type) {
    try {
      return (Record) type.getMethod("defaults").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no defaults()", e);
    }
  }

  @SuppressWarnings("unchecked") // the class is that of a record of type R
  private static <R extends Record> R make(R like, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = like.getClass().getDeclaredConstructor(types);
      return (R) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make " + like.getClass(), e);
    }
  }

  private void unknown(String name, YamlNode given, String path, Set<String> siblings) {
    String near = Nearest.of(name, siblings);
    String hint;
    if (near != null) {
      hint = "; did you mean " + child(path, near) + '?';
    } else {
      Set<String> elsewhere = new TreeSet<>();
      for (Keys.Key key : Keys.all()) {
        if (key.path().endsWith('.' + name)) {
          elsewhere.add(key.path());
        }
      }
      hint = elsewhere.isEmpty()
          ? "; known here: " + String.join(", ", siblings)
          : "; there is " + String.join(", ", elsewhere);
    }
    wrong(given, child(path, name), "is no key of Sluice" + hint);
  }

  private void wrong(YamlNode node, String path, String message) {
    problems.add(new Problem(node.where(), path, message));
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }
}
