package live.sluice.container.amf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An anonymous object, a typed object (its class name is dropped) or an ECMA array: properties in the order they came
 * in. Values are what {@link Amf0} reads and writes. Not thread-safe.
 */
public final class AmfObject {
  private final boolean ecma;
  private final Map<String, Object> properties = new LinkedHashMap<>();

  private AmfObject(boolean ecma) {
    this.ecma = ecma;
  }

  /** An empty object. */
  public static AmfObject object() {
    return new AmfObject(false);
  }

  /** An empty ECMA array, which is how metadata is written by habit. */
  public static AmfObject ecmaArray() {
    return new AmfObject(true);
  }

  /** Whether this is written as an ECMA array. */
  public boolean ecma() {
    return ecma;
  }

  /** Sets a property and returns this object. Numbers of all kinds become doubles. */
  public AmfObject put(String name, Object value) {
    properties.put(name, value instanceof Number n ? (Object) n.doubleValue() : value);
    return this;
  }

  /** The value of a property, null where there is none of that name. */
  public @Nullable Object get(String name) {
    return properties.get(name);
  }

  /** A property that is a string, null where it is missing or something else. */
  public @Nullable String string(String name) {
    return properties.get(name) instanceof String s ? s : null;
  }

  /** A property that is a number, {@code otherwise} where it is missing or something else. */
  public double number(String name, double otherwise) {
    return properties.get(name) instanceof Double d ? d : otherwise;
  }

  /** A property that is a boolean, {@code otherwise} where it is missing or something else. */
  public boolean bool(String name, boolean otherwise) {
    return properties.get(name) instanceof Boolean b ? b : otherwise;
  }

  /** A property that is an object or an ECMA array, null where it is missing or something else. */
  public @Nullable AmfObject object(String name) {
    return properties.get(name) instanceof AmfObject o ? o : null;
  }

  /** Number of properties. */
  public int size() {
    return properties.size();
  }

  /** All properties in order; can't be changed through this view. */
  public Map<String, Object> properties() {
    return Collections.unmodifiableMap(properties);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AmfObject o && ecma == o.ecma && properties.equals(o.properties);
  }

  @Override
  public int hashCode() {
    return properties.hashCode();
  }

  @Override
  public String toString() {
    return properties.toString();
  }
}
