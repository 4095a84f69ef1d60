package live.sluice.node.topology;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts what nodes told of themselves together: regions with their nodes, hops with both ends, streams with their viewers. */
public final class WholeTopology {
  private WholeTopology() {}

  /**
   * Makes the whole.
   *
   * @param known what others said of a node, by its name
   * @param answers what nodes said themselves
   * @param missing why nodes did not answer
   */
  public static ObjectNode of(
      Map<String, JsonNode> known, Map<String, JsonNode> answers, Map<String, String> missing) {
    ObjectNode doc = JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> nodes = new TreeMap<>(known);
    answers.forEach((name, answer) -> nodes.put(name, answer.path("node")));
    regions(doc.putArray("regions"), nodes, missing);
    hops(doc.putArray("hops"), answers);
    streams(doc.putArray("streams"), answers);
    ArrayNode unanswered = doc.putArray("missing");
    missing.forEach((name, why) -> unanswered.addObject().put("node", name).put("why", why));
    return doc;
  }

  private static void regions(ArrayNode list, Map<String, JsonNode> nodes, Map<String, String> missing) {
    Map<String, ArrayNode> regions = new TreeMap<>();
    nodes.forEach(
        (name, node) -> {
          ObjectNode copy = ((ObjectNode) node).deepCopy();
          if (missing.containsKey(name)) {
            copy.put("state", "unreachable");
          }
          regions.computeIfAbsent(node.path("region").asString(), r -> JsonNodeFactory.instance.arrayNode()).add(copy);
        });
    regions.forEach((name, inIt) -> list.addObject().put("name", name).set("nodes", inIt));
  }

  /** A link is told by both of its ends; the one that dialled is its {@code from}. */
  private static void hops(ArrayNode list, Map<String, JsonNode> answers) {
    Map<String, ObjectNode> hops = new TreeMap<>();
    answers.forEach(
        (name, answer) -> {
          for (JsonNode end : answer.path("hops")) {
            boolean dialled = end.path("dialled").asBoolean();
            String peer = end.path("peer").asString();
            String from = dialled ? name : peer;
            String to = dialled ? peer : name;
            String region = answer.path("node").path("region").asString();
            String other = end.path("peer_region").asString();
            ObjectNode hop =
                hops.computeIfAbsent(
                    from + ' ' + to,
                    key -> {
                      ObjectNode made =
                          JsonNodeFactory.instance
                              .objectNode()
                              .put("from", from)
                              .put("from_region", dialled ? region : other)
                              .put("to", to)
                              .put("to_region", dialled ? other : region)
                              .put("standing", end.path("standing").asBoolean())
                              .put("since_ms", end.path("since_ms").asLong())
                              .put("round_trip_ms", end.path("round_trip_ms").asDouble());
                      made.putArray("ends");
                      return made;
                    });
            ((ArrayNode) hop.get("ends"))
                .addObject()
                .put("node", name)
                .put("loss", end.path("loss").asDouble())
                .put("window_bytes", end.path("window_bytes").asLong())
                .put("dropped_datagrams", end.path("dropped_datagrams").asLong())
                .put("estimate_kbps", end.path("estimate_kbps").asLong())
                .put("streams", end.path("streams_out").asInt());
          }
        });
    hops.values().forEach(list::add);
  }

  private static void streams(ArrayNode list, Map<String, JsonNode> answers) {
    Map<String, ObjectNode> streams = new TreeMap<>();
    for (JsonNode answer : answers.values()) {
      for (JsonNode stream : answer.path("streams")) {
        ObjectNode sum =
            streams.computeIfAbsent(
                stream.path("vhost").asString() + ' ' + stream.path("stream").asString(),
                key -> ((ObjectNode) stream).deepCopy().put("viewers", 0).put("nodes", 0));
        sum.put("viewers", sum.path("viewers").asInt() + stream.path("viewers").asInt());
        sum.put("nodes", sum.path("nodes").asInt() + 1);
        if (stream.path("epoch").asLong() > sum.path("epoch").asLong()) {
          for (String name : new String[] {"owner", "region", "epoch"}) {
            sum.set(name, stream.get(name));
          }
        }
      }
    }
    streams.values().forEach(list::add);
  }
}
