package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void whatIsWrittenIsRead() {
    Fingerprint fingerprint = Sdp.LOCAL.fingerprint();

    assertThat(Fingerprint.parse(fingerprint.text())).isEqualTo(fingerprint);
    assertThat(Fingerprint.parse(fingerprint.text().toLowerCase(Locale.ROOT))).isEqualTo(fingerprint);
  }

  @Test
  void whatIsNoneIsNone() {
    assertThat(Fingerprint.parse("")).isNull();
    assertThat(Fingerprint.parse("sha-256")).isNull();
    assertThat(Fingerprint.parse("sha-256 01:02")).isNull();
    assertThat(Fingerprint.parse("sha-1 01:02")).isNull();
    assertThat(Fingerprint.parse(Sdp.LOCAL.fingerprint().text().replace("0A", "0G"))).isNull();
  }
}
