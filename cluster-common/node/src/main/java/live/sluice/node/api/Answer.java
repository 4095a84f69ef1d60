package live.sluice.node.api;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer to a request.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body text
 * @param headers further headers
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {
  static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json; charset=utf-8", body.toString(), Map.of());
  }

  Answer with(String header, String value) {
    return new Answer(status, contentType, body, Map.of(header, value));
  }
}
