package live.sluice.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  static String reference() {
    try (var in = Objects.requireNonNull(NodeConfig.class.getResourceAsStream("/live/sluice/node/reference.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theReferenceSaysTheDefaults() {
    assertThat(ConfigLoader.parse("reference.yaml", reference(), Map.of(), List.of()).config())
        .isEqualTo(NodeConfig.defaults());
  }

  @Test
  void theReferenceHasEveryKey() {
    List<Problem> problems = new ArrayList<>();
    YamlNode tree = YamlReader.read(reference(), line -> "line " + line, problems);
    assertThat(problems).isEmpty();
    for (Keys.Key key : Keys.all()) {
      YamlNode node = tree;
      for (String part : key.path().split("\\.", -1)) {
        node = ((YamlNode.Members) node).members().get(part);
        assertThat(node).as(key.path()).isNotNull();
      }
    }
  }

  @Test
  void everyKeyOfTheReferenceHasAComment() {
    String before = "";
    for (String line : reference().lines().toList()) {
      if (line.matches("\\s*[a-z-]+:.*")) {
        assertThat(before.strip()).as("the line before '" + line + "'").startsWith("#");
      }
      before = line;
    }
  }

  @Test
  void noTwoKeysHaveOneEnvironmentVariable() {
    assertThat(Keys.all().stream().map(Keys.Key::env)).doesNotHaveDuplicates();
  }
}
