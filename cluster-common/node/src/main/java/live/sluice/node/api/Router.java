package live.sluice.node.api;

import java.util.ArrayList;
import java.util.Arrays;
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
   * @param pattern a path whose segments may be {@code {names}}; one that is {@code {app}} stands for as many
   *     segments as there are too many, as the app of a stream may have several
   * @param maxBody most bytes of a body; 0 where a body is passed over
   */
  record Route(String method, String pattern, int maxBody, Endpoint endpoint) {}

  /**
   * What was found.
   *
   * @param route null where the path has no such method, or is not known at all
   * @param parameters what stands for the names of the pattern
   * @param allowed the methods that the path has; empty where it is not known
   */
  record Match(@Nullable Route route, Map<String, String> parameters, TreeSet<String> allowed) {}

  /** The one name that may stand for several segments. */
  private static final String APP = "{app}";

  private final List<Route> routes = new ArrayList<>();

  Router add(String method, String pattern, Endpoint endpoint) {
    return add(method, pattern, 0, endpoint);
  }

  Router add(String method, String pattern, int maxBody, Endpoint endpoint) {
    routes.add(new Route(method, pattern, maxBody, endpoint));
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

  private static @Nullable Map<String, String> match(String[] pattern, String[] path) {
    int app = Arrays.asList(pattern).indexOf(APP);
    String[] segments = app < 0 ? path : joined(path, app, path.length - pattern.length);
    if (pattern.length != segments.length) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (isName(pattern[i]) && !segments[i].isEmpty()) {
        parameters.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return null;
      }
    }
    return parameters;
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }

  /** The same path with the segment at {@code index} and {@code more} after it as one. */
  private static String[] joined(String[] path, int index, int more) {
    if (more <= 0) {
      return path;
    }
    List<String> all = Arrays.asList(path);
    List<String> segments = new ArrayList<>(all.subList(0, index));
    segments.add(String.join("/", all.subList(index, index + more + 1)));
    segments.addAll(all.subList(index + more + 1, path.length));
    return segments.toArray(String[]::new);
  }
}
