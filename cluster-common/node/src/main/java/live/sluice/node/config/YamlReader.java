package live.sluice.node.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads YAML and keeps the line of everything, so that an error can name it. */
final class YamlReader {
  private static final int MAX_DEPTH = 16;
  private static final YAMLFactory YAML = new YAMLFactory();

  private final JsonParser parser;
  private final IntFunction<String> place;
  private final List<Problem> problems;

  private YamlReader(JsonParser parser, IntFunction<String> place, List<Problem> problems) {
    this.parser = parser;
    this.place = place;
    this.problems = problems;
  }

  /**
   * Reads one document; an empty map when nothing is in it, or when it can't be read.
   *
   * @param place tells where a line is, for messages
   * @param problems gets what is wrong with it
   */
  static YamlNode read(String text, IntFunction<String> place, List<Problem> problems) {
    YamlNode nothing = new YamlNode.Members(new LinkedHashMap<>(), place.apply(1));
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
      YamlReader reader = new YamlReader(parser, place, problems);
      JsonToken first = parser.nextToken();
      if (first == null) {
        return nothing;
      }
      YamlNode root = reader.node(first, "", 0);
      if (parser.nextToken() != null) {
        problems.add(new Problem(reader.here(), "", "a second document begins here; one is allowed"));
      }
      return root;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String message = String.valueOf(e.getOriginalMessage()).replaceAll("\\s*\n\\s*", "; ");
      problems.add(new Problem(place.apply(line), "", "is not YAML: " + message));
      return nothing;
    }
  }

  private String here() {
    return place.apply(parser.currentTokenLocation().getLineNr());
  }

  private YamlNode node(JsonToken token, String path, int depth) {
    String where = here();
    if (depth > MAX_DEPTH) {
      problems.add(new Problem(where, path, "is nested too deep"));
      parser.skipChildren();
      return new YamlNode.Scalar("", true, where);
    }
    return switch (token) {
      case START_OBJECT -> members(path, depth, where);
      case START_ARRAY -> items(path, depth, where);
      case VALUE_NULL -> new YamlNode.Scalar("", true, where);
      default -> new YamlNode.Scalar(parser.getString(), false, where);
    };
  }

  private YamlNode items(String path, int depth, String where) {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY && t != null; t = parser.nextToken()) {
      items.add(node(t, path + '[' + items.size() + ']', depth + 1));
    }
    return new YamlNode.Items(items, where);
  }

  private YamlNode members(String path, int depth, String where) {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT && t != null; t = parser.nextToken()) {
      String name = parser.currentName();
      String whereName = here();
      String childPath = path.isEmpty() ? name : path + '.' + name;
      YamlNode child = node(parser.nextToken(), childPath, depth + 1);
      YamlNode before = members.putIfAbsent(name, child);
      if (before != null) {
        problems.add(new Problem(whereName, childPath, "is given twice, first at " + before.where()));
      }
    }
    return new YamlNode.Members(members, where);
  }
}
