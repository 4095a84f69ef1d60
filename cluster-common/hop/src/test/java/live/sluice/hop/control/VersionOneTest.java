package live.sluice.hop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What nodes of version 1 say, byte by byte as they did: two versions in a row speak to each other, so this stays until
 * version 3. A later version adds its messages elsewhere, and none here.
 */
class VersionOneTest {

  static Stream<Arguments> said() throws IOException {
    List<ControlMessage> messages = ControlCodecTest.messages();
    List<String> lines = lines();
    assertThat(lines).hasSameSizeAs(messages);
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1).map(i -> Arguments.of(messages.get(i), lines.get(i)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("said")
  void itIsUnderstood(ControlMessage meant, String hex) {
    assertThat(ControlCodec.read(HexFormat.of().parseHex(hex))).isEqualTo(meant);
  }

  /** Fields that version 1 does not know are passed over by it: what it knows has its place and its form. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("said")
  void whatIsSaidNowBeginsAsItDid(ControlMessage meant, String hex) {
    assertThat(HexFormat.of().formatHex(ControlCodec.bytes(meant))).startsWith(hex);
  }

  @Test
  void eachKindOfMessageIsThere() {
    assertThat(ControlCodecTest.messages().stream().map(Object::getClass).distinct())
        .hasSize(ControlMessage.class.getPermittedSubclasses().length - 1); // one is never sent
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = VersionOneTest.class.getResourceAsStream("version-1.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
