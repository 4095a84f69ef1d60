package live.sluice.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HopCheckTest {

  @Test
  void withoutCertificatesTheHopListensOnLoopbackOnly() {
    assertThatThrownBy(() -> file("hop: {listen: 10.0.0.1}"))
        .hasMessageContaining("without certificates the hop listens on loopback only");
    assertThatThrownBy(() -> file("hop: {listen: 0.0.0.0}")).hasMessageContaining("hop.listen");
    assertThatCode(() -> file("hop: {listen: 127.0.0.3}")).doesNotThrowAnyException();
    assertThatCode(() -> file("hop: {listen: '::1'}")).doesNotThrowAnyException();
    assertThatCode(() -> file("hop: {listen: 10.0.0.1, enabled: false}")).doesNotThrowAnyException();
  }

  @Test
  void certificateKeyAndAuthorityGoTogether(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("k.pem"), "-----BEGIN PRIVATE KEY-----\n");
    assertThatThrownBy(() -> file("hop: {key: '" + key + "'}"))
        .hasMessageContaining("hop.certificate is missing")
        .hasMessageContaining("hop.authority is missing")
        .hasMessageNotContaining("hop.key is missing");
  }

  @Test
  void filesMustBeThereAndBeWhatTheyAreSaidToBe(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    String rest = ", key: '" + text + "', authority: '" + text + "'}";
    assertThatThrownBy(() -> file("hop: {certificate: /does/not/exist.pem" + rest))
        .hasMessage("f line 1: hop.certificate is '/does/not/exist.pem', which is not there");
    assertThatThrownBy(() -> file("hop: {certificate: '" + text + "'" + rest))
        .hasMessageContaining("hop.certificate is '" + text + "', which has no certificate in PEM form");
  }

  @Test
  void regionsAreOtherOnesWithSeeds() {
    assertThatThrownBy(() -> file("hop: {regions: [{name: default, seeds: [a:1]}]}"))
        .hasMessageContaining("names 'default', which is the region of this node");
    assertThatThrownBy(() -> file("hop: {regions: [{name: b, seeds: [a:1]}, {name: b, seeds: [c:1]}]}"))
        .hasMessageContaining("names 'b' twice");
    assertThatThrownBy(() -> file("hop: {regions: [{name: b}]}")).hasMessageContaining("needs both name and seeds");
    assertThatThrownBy(() -> file("hop: {regions: [{name: b, seeds: [a]}]}"))
        .hasMessageContaining("has the seed 'a', and must name host:port");
    assertThat(file("hop: {regions: [{name: b, seeds: ['[::1]:8001']}]}").config().hop().regions())
        .containsExactly(new HopRegionSection("b", List.of("[::1]:8001")));
  }

  @Test
  void hopsAndWebRtcAreNotOnOnePort() {
    assertThatThrownBy(() -> file("rtc: {port: 8001}"))
        .hasMessageContaining("hop.port is 8001, which rtc.port is too");
    assertThatCode(() -> file("rtc: {port: 8001}\nhop: {enabled: false}")).doesNotThrowAnyException();
  }

  private static ConfigLoader.Loaded file(String text) {
    return ConfigLoader.parse("f", text, Map.of(), List.of());
  }
}
