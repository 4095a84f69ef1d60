package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class SdpFragmentTest {
  private static final String CANDIDATE = "candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host";

  @Test
  void theStandardsExampleIsRead() {
    // RFC 9725, section 4.3.2.
    SdpFragment fragment =
        SdpFragment.parse(
            "a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:EsAw\r\n"
                + "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\na=" + CANDIDATE + " generation 0 ufrag EsAw network-id 1\r\n"
                + "a=end-of-candidates\r\n");

    assertThat(fragment.ufrag()).isEqualTo("EsAw");
    assertThat(fragment.password()).isEqualTo("P2uYro0UCOQ4zxjKXaWCBui1");
    assertThat(fragment.sections())
        .containsExactly(
            new SdpFragment.Section(
                "audio", "0", List.of(CANDIDATE + " generation 0 ufrag EsAw network-id 1"), true));
  }

  @Test
  void credentialsMayStandBeforeTheSections() {
    SdpFragment fragment =
        SdpFragment.parse(
            "a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\nm=audio 9 RTP/AVP 0\na=mid:0\na=" + CANDIDATE);

    assertThat(fragment.ufrag()).isEqualTo("EsAw");
    assertThat(fragment.sections()).hasSize(1);
    assertThat(fragment.sections().getFirst().complete()).isFalse();
  }

  @Test
  void whatIsWrittenIsRead() {
    SdpFragment fragment =
        new SdpFragment(
            "abcd",
            "passwordpasswordpasswor",
            List.of(new SdpFragment.Section("video", "v", List.of(CANDIDATE), true)));

    assertThat(SdpFragment.parse(fragment.write())).isEqualTo(fragment);
  }

  @Test
  void candidatesBeforeAllSectionsAreReadAndWritten() {
    SdpFragment fragment = SdpFragment.parse("a=" + CANDIDATE + "\r\n");

    assertThat(fragment.sections())
        .containsExactly(new SdpFragment.Section("", "", List.of(CANDIDATE), false));
    assertThat(fragment.write()).isEqualTo("a=" + CANDIDATE + "\r\n");
  }

  @Test
  void nothingIsNothing() {
    assertThat(SdpFragment.parse("").sections()).isEmpty();
  }

  @Test
  void whatIsBrokenOrTooMuchIsRefused() {
    refused("a=ice-ufrag:a:b\r\n");
    refused("a=ice-pwd:short\r\n");
    refused("hello\r\n");
    refused(("a=" + CANDIDATE + "\r\n").repeat(257));
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> SdpFragment.parse(text))
        .isInstanceOf(SluiceException.class)
        .extracting(e -> ((SluiceException) e).code())
        .isEqualTo(ErrorCode.SDP_INVALID);
  }
}
