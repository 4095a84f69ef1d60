package live.sluice.node.api;

import java.util.Map;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.auth.Tokens;

/**
 * A request, taken apart.
 *
 * @param uri path and query as they came
 * @param parameters what stands for the {@code {names}} of the route, as it came
 * @param query the query's arguments, decoded, the first of each name
 * @param headers its headers
 * @param peer who sent it
 * @param body its body; empty for routes that take none
 */
record Request(
    String uri,
    Map<String, String> parameters,
    Map<String, String> query,
    Headers headers,
    Peer peer,
    String body) {
  static final int MAX_COUNT = 10_000;
  private static final int DEFAULT_COUNT = 100;

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** What follows {@code Bearer} in the Authorization header; empty where there is none. */
  String token() {
    String token = Tokens.bearer(headers.get("Authorization"));
    return token == null ? "" : token;
  }

  /** Whether a browser says that a page of another origin makes it. */
  boolean fromPage() {
    return headers.get("Origin") != null;
  }

  /** Whether all nodes are asked for: {@code ?scope=cluster}. */
  boolean wholeCluster() {
    return wholeCluster("node");
  }

  /** The same, where {@code otherwise} is taken when nothing is said. */
  boolean wholeCluster(String otherwise) {
    return switch (query.getOrDefault("scope", otherwise)) {
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
