package live.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Configuration files of nodes, as trees of keys. */
public final class ConfigFile {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private ConfigFile() {}

  /**
   * Reads the user's file.
   *
   * @param file YAML with the keys of reference.yaml that are to hold for every node, or null for none
   */
  public static Map<String, Object> read(@Nullable Path file) {
    if (file == null) {
      return Map.of();
    }
    try {
      Map<String, Object> values = YAML.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Object>>() {});
      return values == null ? Map.of() : values;
    } catch (IOException | JacksonException e) {
      throw new LaunchException("cannot read --config " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads keys of a command line. Whether a node knows them, it says itself.
   *
   * @param settings each {@code section.key=value}, the value as YAML has it
   */
  public static Map<String, Object> settings(List<String> settings) {
    Map<String, Object> values = Map.of();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw new LaunchException("--set takes KEY=VALUE, and not " + setting);
      }
      Object value = value(setting.substring(equals + 1), setting);
      String[] path = setting.substring(0, equals).strip().split("\\.", -1);
      for (int i = path.length - 1; i >= 0; i--) {
        value = Map.of(path[i], value);
      }
      values = merge(values, keyed((Map<?, ?>) value));
    }
    return values;
  }

  private static Object value(String text, String setting) {
    try {
      Object value = text.isBlank() ? null : YAML.readValue(text, Object.class);
      return value == null ? "" : value;
    } catch (JacksonException e) {
      throw new LaunchException("cannot read --set " + setting + ": " + e.getMessage(), e);
    }
  }

  /** Writes the file of one node; only its owner may read it, since the cluster's secret is in it. */
  public static void write(Map<String, Object> keys, Path file) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, YAML.writeValueAsBytes(keys));
    } catch (IOException e) {
      throw new LaunchException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Returns a word that nobody guesses. */
  public static String newSecret() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Returns both trees as one; where both have a key, {@code over} has it. */
  public static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(under);
    over.forEach((key, value) -> merged.put(key, mergeValue(merged.get(key), value)));
    return merged;
  }

  private static Object mergeValue(@Nullable Object under, Object over) {
    if (under instanceof Map<?, ?> left && over instanceof Map<?, ?> right) {
      return merge(keyed(left), keyed(right));
    }
    return over;
  }

  private static Map<String, Object> keyed(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value == null ? List.of() : value));
    return copy;
  }
}
