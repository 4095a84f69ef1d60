package live.sluice.node.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lays the environment and the command line over what the file says. */
final class Overlay {
  /** What the start scripts and the container heed; no keys. */
  private static final Set<String> SCRIPTS =
      Set.of(
          "SLUICE_JAVA", "SLUICE_HEAP", "SLUICE_DIRECT", "SLUICE_AOT", "SLUICE_HOME", "SLUICE_KIND", "SLUICE_TRAINING",
          "SLUICE_CONFIG", "SLUICE_CACHE", "SLUICE_FLAGS");

  private final YamlNode.Members root;
  private final List<Problem> problems;
  private final List<String> remarks;
  private final Map<String, Keys.Key> byPath = new LinkedHashMap<>();
  private final Map<String, Keys.Key> byEnv = new LinkedHashMap<>();

  Overlay(YamlNode.Members root, List<Problem> problems, List<String> remarks) {
    this.root = root;
    this.problems = problems;
    this.remarks = remarks;
    for (Keys.Key key : Keys.all()) {
      byPath.put(key.path(), key);
      byEnv.put(key.env(), key);
    }
  }

  Overlay environment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              Keys.Key key = byEnv.get(name);
              if (!name.startsWith("SLUICE_") || SCRIPTS.contains(name) || isServiceLink(value)) {
                return;
              }
              if (key != null) {
                put(key, value, name);
              } else if (!isServiceLinkName(name)) {
                String near = Nearest.of(name, byEnv.keySet());
                remarks.add(name + " is no key of Sluice" + (near == null ? "" : "; did you mean " + near + '?'));
              }
            });
    return this;
  }

  /** Kubernetes tells every pod of a service called sluice-rtmp that SLUICE_RTMP_PORT is tcp://10.0.0.1:1935. */
  private static boolean isServiceLink(String value) {
    return value.startsWith("tcp://") || value.startsWith("udp://");
  }

  private static boolean isServiceLinkName(String name) {
    return name.matches("SLUICE_.*_(SERVICE_(HOST|PORT.*)|PORT_\\d+_(TCP|UDP).*)");
  }

  Overlay settings(List<String> settings) {
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String path = equals < 0 ? setting : setting.substring(0, equals).strip();
      String where = "--set " + path;
      Keys.Key key = byPath.get(path);
      if (equals < 0) {
        problems.add(new Problem(where, "", "has no value: --set key=value"));
      } else if (key != null) {
        put(key, setting.substring(equals + 1), where);
      } else {
        String near = Nearest.of(path, byPath.keySet());
        problems.add(
            new Problem(where, path, "is no key of Sluice" + (near == null ? "" : "; did you mean " + near + '?')));
      }
    }
    return this;
  }

  private void put(Keys.Key key, String value, String where) {
    YamlNode node = new YamlNode.Scalar(value, false, where);
    if (key.standard() instanceof Map || key.standard() instanceof List) {
      node = structured(key, value, where);
    }
    YamlNode.Members section = root;
    String[] parts = key.path().split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      YamlNode child = section.members().get(parts[i]);
      YamlNode.Members members;
      if (child instanceof YamlNode.Members present) {
        members = present;
      } else if (child == null || (child instanceof YamlNode.Scalar s && s.empty())) {
        members = new YamlNode.Members(new LinkedHashMap<>(), where);
        section.members().put(parts[i], members);
      } else {
        return; // the file has something else there, which is told when it is bound
      }
      section = members;
    }
    section.members().put(parts[parts.length - 1], node);
  }

  private YamlNode structured(Keys.Key key, String value, String where) {
    String text = value.strip();
    if (key.standard() instanceof List && !text.startsWith("[")) {
      List<YamlNode> items = new ArrayList<>();
      for (String item : text.split("[,\\s]+", -1)) {
        if (!item.isEmpty()) {
          items.add(new YamlNode.Scalar(item, false, where));
        }
      }
      return new YamlNode.Items(items, where);
    }
    return YamlReader.read(text, line -> where, problems);
  }
}
