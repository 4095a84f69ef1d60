package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void anAddressIsWrittenAsInAUrl() throws Exception {
    assertThat(Addresses.text(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 8001))).isEqualTo("192.0.2.1:8001");
    assertThat(Addresses.text(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 8001)))
        .isEqualTo("[2001:db8::1]:8001");
    assertThat(Addresses.text(InetSocketAddress.createUnresolved("edge-0", 8001))).isEqualTo("edge-0:8001");
  }
}
