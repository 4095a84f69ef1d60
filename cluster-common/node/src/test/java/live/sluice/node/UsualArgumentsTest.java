package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualArgumentsTest {

  @Test
  void aFileAndSettingsAreRead() {
    assertThat(UsualArguments.of("--set", "a=1", "--config", "/etc/node.yaml", "--set", "b="))
        .isEqualTo(new UsualArguments(Path.of("/etc/node.yaml"), List.of("a=1", "b=")));
    assertThat(UsualArguments.of()).isEqualTo(new UsualArguments(null, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check", "--set", "--set=a=1", "--config a --config b", "--set --check", "--set @file",
      "--set \"a=1\"", "a b", "--set a=1 --help"})
  void theRestIsForPicocli(String line) {
    assertThat(UsualArguments.of(line.split(" "))).isNull();
  }
}
