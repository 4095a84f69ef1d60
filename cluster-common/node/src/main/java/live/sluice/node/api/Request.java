package live.sluice.node.api;

import java.util.Map;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * A request, taken apart.
 *
 * @param path the path as it came
 * @param parameters what stands for the {@code {names}} of the route
 * @param query the query's arguments, the first of each name
 * @param token what follows {@code Bearer} in the Authorization header; empty where there is none
 * @param fromPage whether a browser says that a page of another origin makes it
 */
record Request(
    String path, Map<String, String> parameters, Map<String, String> query, String token, boolean fromPage) {
  static final int MAX_COUNT = 10_000;
  private static final int DEFAULT_COUNT = 100;

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether all nodes are asked for: {@code ?scope=cluster}. */
  boolean wholeCluster() {
    return switch (query.getOrDefault("scope", "node")) {
      case "node" -> false;
      case "cluster" -> true;
      default -> throw new SluiceException(ErrorCode.BAD_REQUEST, "?scope= is node or cluster");
    };
  }

  /** The first item wanted, from 0. */
  int start() {
    return number("start", 0, 0, Integer.MAX_VALUE);
  }

  /** Most items wanted. */
  int count() {
    return number("count", DEFAULT_COUNT, 1, MAX_COUNT);
  }

  private int number(String name, int otherwise, int min, int max) {
    String text = query.get(name);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "?" + name + "= must be a whole number, " + min + " or more");
    }
    return Math.min(Integer.parseInt(text), max);
  }
}
