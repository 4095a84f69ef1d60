package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionKeysTest {

  @Test
  void keysAreThoseOfTheStandardsExample() {
    // RFC 3711, appendix B.3.
    SessionKeys keys =
        SessionKeys.ofRtp(
            SrtpProfile.AES128_CM_HMAC_SHA1_80,
            Hex.bytes("E1F97A0D3E018BE0D64FA32C06DE4139"),
            Hex.bytes("0EC675AD498AFEEBB6960B3AABE6"));

    assertThat(keys.cipherKey()).isEqualTo(Hex.bytes("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(keys.salt()).isEqualTo(Hex.bytes("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(keys.authKey()).isEqualTo(Hex.bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  @Test
  void rtpAndRtcpHaveKeysOfTheirOwn() {
    byte[] key = new byte[16];
    byte[] salt = new byte[12];

    SessionKeys rtp = SessionKeys.ofRtp(SrtpProfile.AEAD_AES_128_GCM, key, salt);
    SessionKeys rtcp = SessionKeys.ofRtcp(SrtpProfile.AEAD_AES_128_GCM, key, salt);

    assertThat(rtp.cipherKey()).isNotEqualTo(rtcp.cipherKey());
    assertThat(rtp.salt()).isNotEqualTo(rtcp.salt());
    assertThat(rtp.authKey()).isEmpty();
  }

  @Test
  void keysOfAnotherProfileAreRefused() {
    assertThatThrownBy(() -> SessionKeys.ofRtp(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[14]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("14");
  }
}
