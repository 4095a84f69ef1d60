package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.media.ErrorCode;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.testing.Docs;
import org.junit.jupiter.api.Test;

class DocsTest {

  @Test
  void theConfigurationPageHasEveryKeyWithItsDefaultAndNoOther() throws IOException {
    String page = Docs.page("configuration.md");
    Map<String, String> keys = ConfigLoader.describe(NodeConfig.defaults());
    keys.forEach(
        (key, standard) ->
            assertThat(page)
                .as(key)
                .contains("| `" + key + "` | " + (standard.isEmpty() ? "empty" : '`' + standard + '`') + " |"));
    Matcher rows = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z.-]+)` \\|").matcher(page);
    while (rows.find()) {
      assertThat(keys).containsKey(rows.group(1));
    }
  }

  @Test
  void theErrorPageHasEveryCodeAndNoOther() throws IOException {
    String page = Docs.page("errors.md");
    TreeSet<String> names = new TreeSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      names.add(code.label());
      assertThat(page).contains("| " + code.number() + " | " + code.label() + " | " + code.httpStatus() + " | ");
    }
    Matcher rows = Pattern.compile("(?m)^\\| \\d+ \\| (\\w+) \\|").matcher(page);
    while (rows.find()) {
      assertThat(names).contains(rows.group(1));
    }
  }
}
