package live.sluice.node.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes single values, by the type and the annotations of the record's component. */
final class Values {
  private Values() {}

  /** The value, null after {@code wrong} was told what is allowed. */
  static @Nullable Object read(Class<?> type, RecordComponent component, String text, Consumer<String> wrong) {
    Object value;
    try {
      value = parse(type, text.strip());
    } catch (IllegalArgumentException e) {
      wrong.accept("is " + shown(component, text) + ", and must be " + e.getMessage());
      return null;
    }
    Between bounds = component.getAnnotation(Between.class);
    if (bounds != null && !within(type, value, bounds)) {
      wrong.accept(
          "is " + shown(component, text) + ", and must be from " + bounds.min() + " to " + bounds.max());
      return null;
    }
    Matches form = component.getAnnotation(Matches.class);
    if (form != null && !((String) value).matches(form.value())) {
      wrong.accept("is " + shown(component, text) + ", and must be " + form.words());
      return null;
    }
    return value;
  }

  private static String shown(RecordComponent component, String text) {
    return component.isAnnotationPresent(Secret.class) ? "not usable" : "'" + text + "'";
  }

  private static Object parse(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == int.class) {
      try {
        return Integer.valueOf(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("a whole number", e);
      }
    } else if (type == boolean.class) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("true or false");
      };
    } else if (type == Duration.class) {
      return Durations.parse(text);
    } else if (type == DataSize.class) {
      return DataSize.parse(text);
    } else if (type == BitRate.class) {
      return BitRate.parse(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no reader for " + type);
  }

  private static Object constant(Class<?> type, String text) {
    List<String> allowed = new ArrayList<>();
    for (Object candidate : type.getEnumConstants()) {
      String name = write(candidate);
      if (name.equals(text)) {
        return candidate;
      }
      allowed.add(name);
    }
    throw new IllegalArgumentException("one of " + String.join(", ", allowed));
  }

  private static boolean within(Class<?> type, Object value, Between bounds) {
    return compare(value, parse(type, bounds.min())) >= 0 && compare(value, parse(type, bounds.max())) <= 0;
  }

  @SuppressWarnings("unchecked") // both were parsed as the same type, which is comparable
  private static int compare(Object value, Object bound) {
    return ((Comparable<Object>) value).compareTo(bound);
  }

  /** As it is written in a file, without quotes. */
  static String write(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Duration d -> Durations.format(d);
      case Enum<?> e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-');
      default -> value.toString();
    };
  }
}
