package live.sluice.node.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param contentType of the body; not said where there is none
 * @param body text; may be empty
 * @param headers further headers, each with one line for each of its values
 * @param undo takes back what the answer tells of, where nobody is there any more to be told
 */
record Answer(int status, String contentType, String body, Map<String, List<String>> headers, Runnable undo) {

  static Answer of(int status, String contentType, String body) {
    return new Answer(status, contentType, body, Map.of(), () -> {});
  }

  static Answer json(int status, JsonNode body) {
    return of(status, "application/json; charset=utf-8", body.toString());
  }

  static Answer empty(int status) {
    return of(status, "", "");
  }

  Answer with(String header, String value) {
    return with(header, List.of(value));
  }

  /** With a header that has a line for each value; none where there are none. */
  Answer with(String header, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    all.put(header, List.copyOf(values));
    return new Answer(status, contentType, body, all, undo);
  }

  Answer withStatus(int other) {
    return new Answer(other, contentType, body, headers, undo);
  }

  Answer undoneBy(Runnable action) {
    return new Answer(status, contentType, body, headers, action);
  }
}
