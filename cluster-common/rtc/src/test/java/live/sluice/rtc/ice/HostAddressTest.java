package live.sluice.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 0",
    "192.0.2.1:8000, 192.0.2.1, 8000",
    "2001:db8::1, 2001:db8::1, 0",
    "[2001:db8::1], 2001:db8::1, 0",
    "[2001:db8::1]:65535, 2001:db8::1, 65535",
    "127.0.0.1, 127.0.0.1, 0"
  })
  void anAddressIsReadWithItsPort(String text, String host, int port) throws UnknownHostException {
    assertThat(HostAddress.parse(text)).isEqualTo(new HostAddress(InetAddress.getByName(host), port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ":", ":80", "[", "]", "[]", "[]:1", "example.com", "localhost", "1.2.3", "1.2.3.256", "192.0.2.1:",
        "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:-1", "192.0.2.1:x", "[192.0.2.1]:80", "[2001:db8::1]80", "[2001:db8::1",
        "2001:db8::1]:80", "fe80::1%eth0", "0.0.0.0", "::", "239.0.0.1", "ff02::1", "192.0.2.1\r\na=x"
      })
  void anythingElseIsNone(String text) {
    assertThat(HostAddress.parse(text)).isNull();
  }

  @Test
  void aLongTextIsNone() {
    assertThat(HostAddress.parse(":".repeat(10_000))).isNull();
  }
}
