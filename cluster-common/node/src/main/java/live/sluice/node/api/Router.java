package live.sluice.node.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a method and a path. Built once, then only read. */
final class Router {

  /**
   * A route.
   *
   * @param pattern a path whose segments may be {@code {names}}
   */
  record Route(String method, String pattern, Endpoint endpoint) {}

  /**
   * What was found.
   *
   * @param route null where the path has no such method, or is not known at all
   * @param parameters what stands for the names of the pattern
   * @param allowed the methods that the path has; empty where it is not known
   */
  record Match(@Nullable Route route, Map<String, String> parameters, TreeSet<String> allowed) {}

  private final List<Route> routes = new ArrayList<>();

  Router add(String method, String pattern, Endpoint endpoint) {
    routes.add(new Route(method, pattern, endpoint));
    return this;
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** A GET serves HEAD too; a slash at the end of the path is passed over. */
  Match find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String[] segments = trim(path).split("/", -1);
    TreeSet<String> allowed = new TreeSet<>();
    Match found = null;
    for (Route route : routes) {
      Map<String, String> parameters = match(route.pattern().split("/", -1), segments);
      if (parameters != null) {
        allowed.add(route.method());
        if (found == null && route.method().equals(wanted)) {
          found = new Match(route, parameters, allowed);
        }
      }
    }
    return found != null ? found : new Match(null, Map.of(), allowed);
  }

  private static String trim(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static @Nullable Map<String, String> match(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{") && !segments[i].isEmpty()) {
        parameters.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return null;
      }
    }
    return parameters;
  }
}
