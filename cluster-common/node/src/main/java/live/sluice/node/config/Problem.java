package live.sluice.node.config;

/**
 * Something wrong with a configuration.
 *
 * @param where file and line, environment variable or option
 * @param key the key's path; empty where it is about no key
 * @param message what is wrong, and what is allowed
 */
public record Problem(String where, String key, String message) {
  @Override
  public String toString() {
    return where + ": " + (key.isEmpty() ? "" : key + ' ') + message;
  }
}
