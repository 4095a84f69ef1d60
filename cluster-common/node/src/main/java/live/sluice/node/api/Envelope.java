package live.sluice.node.api;

import live.sluice.media.ErrorCode;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What stands around every answer: {@code {"code":0,"server":..,"service":..,"pid":..}}. */
final class Envelope {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String server;
  private final String service;
  private final String pid = Long.toString(ProcessHandle.current().pid());

  Envelope(NodeView node) {
    server = node.self().id();
    service = Long.toString(node.self().incarnation(), 36);
  }

  /** An answer that is to be filled. */
  ObjectNode good() {
    return JSON.objectNode().put("code", 0).put("server", server).put("service", service).put("pid", pid);
  }

  /** {@code {"code":1002,"error":"StreamBusy","message":"…"}}. */
  Answer error(ErrorCode code, String message, @Nullable String session) {
    ObjectNode body =
        JSON.objectNode()
            .put("code", code.number())
            .put("error", code.label())
            .put("message", message)
            .put("server", server)
            .put("service", service)
            .put("pid", pid);
    if (session != null) {
      body.put("session", session);
    }
    return Answer.json(code.httpStatus(), body);
  }
}
