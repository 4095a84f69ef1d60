package live.sluice.node.config;

import java.util.List;
import java.util.Map;

/** A piece of configuration as it was written, with the place it was written at. */
sealed interface YamlNode {

  /** {@code sluice.yaml line 12}, {@code SLUICE_RTMP_PORT} or {@code --set rtmp.port}. */
  String where();

  /**
   * A value.
   *
   * @param text as written, without quotes
   * @param empty whether nothing or {@code null} was written
   */
  record Scalar(String text, boolean empty, String where) implements YamlNode {}

  /** A list. */
  record Items(List<YamlNode> items, String where) implements YamlNode {}

  /** A map; {@code members} keeps the order, and can be added to. */
  record Members(Map<String, YamlNode> members, String where) implements YamlNode {}
}
