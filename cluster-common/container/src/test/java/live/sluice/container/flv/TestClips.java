package live.sluice.container.flv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Clips beside these tests. */
final class TestClips {
  private TestClips() {}

  static byte[] bytes(String name) {
    try (InputStream in = TestClips.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
