package live.sluice.node.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebFileTest {
  private static final byte[] LONG = "the same again and again. ".repeat(100).getBytes(UTF_8);

  private final WebFile file = WebFile.of("text/plain", LONG.clone());

  @Test
  void theGzipBodyUnpacksToThePlainOne() throws Exception {
    byte[] packed = bytes(file.gzip());

    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(in.readAllBytes()).isEqualTo(LONG);
    }
    assertThat(file.gzip().length()).isEqualTo(packed.length).isLessThan(LONG.length);
    assertThat(file.gzip().coding()).isEqualTo("gzip");
    assertThat(file.gzip().etag()).isNotEqualTo(file.plain().etag());
  }

  @Test
  void whatGzipWouldNotMakeSmallerHasNoGzipBody() {
    WebFile tiny = WebFile.of("text/plain", "x".getBytes(UTF_8));

    assertThat(tiny.gzip()).isNull();
    assertThat(tiny.body("gzip")).isSameAs(tiny.plain());
  }

  @Test
  void theBytesCannotBeChangedAndEachCallerHasItsOwnPosition() {
    ByteBuffer first = file.plain().bytes();
    first.position(first.limit());

    assertThat(first.isReadOnly()).isTrue();
    assertThat(bytes(file.plain())).isEqualTo(LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "GZIP", "*", "identity;q=0.5, *"})
  void sendsGzipWhereItIsAccepted(String accept) {
    assertThat(file.body(accept)).isSameAs(file.gzip());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ",", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*, gzip;q=0", "gzipped"})
  void sendsThePlainBodyOtherwise(String accept) {
    assertThat(file.body(accept)).isSameAs(file.plain());
  }

  @Test
  void knowsWhatTheClientHolds() {
    String plain = file.plain().etag();
    String gzip = file.gzip().etag();

    assertThat(file.isHeldBy(plain)).isTrue();
    assertThat(file.isHeldBy("\"other\", " + gzip)).isTrue();
    assertThat(file.isHeldBy("W/" + plain)).isTrue();
    assertThat(file.isHeldBy("*")).isTrue();
    assertThat(file.isHeldBy("\"other\"")).isFalse();
    assertThat(file.isHeldBy("")).isFalse();
    assertThat(file.isHeldBy(null)).isFalse();
  }

  private static byte[] bytes(WebFile.Body body) {
    ByteBuffer buffer = body.bytes();
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }
}
