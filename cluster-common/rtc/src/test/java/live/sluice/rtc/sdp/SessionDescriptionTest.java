package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {

  @Test
  void sectionsHaveWhatTheirLinesSay() {
    SessionDescription description = Sdp.offer("obs-publish");

    assertThat(description.originUser()).isEqualTo("rtc");
    assertThat(description.sections()).hasSize(2);
    MediaSection video = description.sections().get(1);
    assertThat(video.media()).isEqualTo("video");
    assertThat(video.port()).isEqualTo(50_462);
    assertThat(video.formats()).containsExactly("96");
    assertThat(video.mid()).isEqualTo("1");
    assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
    assertThat(video.find("rtcp-mux")).isEqualTo(new SdpAttribute(35, "rtcp-mux", ""));
    assertThat(description.find(video, "fingerprint").value()).startsWith("sha-256 1F:8B");
  }

  @Test
  void linesMayEndWithoutCarriageReturnAndTheLastWithoutAnEnd() {
    SessionDescription description = SessionDescription.parse("v=0\ns=-\n\nm=audio 9 RTP/SAVPF 0\na=recvonly");

    assertThat(description.sections().getFirst().direction()).isEqualTo(Direction.RECVONLY);
  }

  @Test
  void aSectionWithoutDirectionHasTheSessionsAndElseBoth() {
    String section = "m=audio 9 RTP/SAVPF 0\r\n";

    assertThat(SessionDescription.parse("v=0\r\na=sendonly\r\n" + section).sections().getFirst().direction())
        .isEqualTo(Direction.SENDONLY);
    assertThat(SessionDescription.parse("v=0\r\n" + section).sections().getFirst().direction())
        .isEqualTo(Direction.SENDRECV);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|empty",
        "o=- 1 1 IN IP4 0.0.0.0|line 1: it does not begin with v=0",
        "v=1|line 1: it does not begin with v=0",
        "v=0;hello|line 2: no line of SDP: 'hello'",
        "v=0;x=1|line 2: no line of SDP: 'x=1'",
        "v=0;a=:1|line 2: an attribute without a name",
        "v=0;m=audio|line 2: a media line of 1 words",
        "v=0;m=audio x RTP/SAVPF 0|line 2: no port: 'x'",
        "v=0;m=audio 70000 RTP/SAVPF 0|line 2: no port: '70000'",
        "v=0;m=audio 9 RTP/SAVPF 0;a=mid:a b|line 3: no mid: 'a b'",
        "v=0;m=audio 9 RTP/SAVPF 0;a=mid:a;a=mid:b|line 4: a second mid",
        "v=0;m=audio 9 RTP/SAVPF 0;a=mid:a;m=audio 9 RTP/SAVPF 0;a=mid:a|line 5: a second section of mid a",
        "v=0;m=audio 9 RTP/SAVPF 0;a=sendonly;a=recvonly|line 4: a second direction, recvonly",
      })
  void aBrokenLineIsNamed(String text, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(text.replace(";", "\r\n")))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((SluiceException) e).code())
        .isEqualTo(ErrorCode.SDP_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=x:\rb", "a=x:\0", "a=x:\u2028", "a=x:\u007f"})
  void controlCharactersAreRefused(String line) {
    assertThatThrownBy(() -> SessionDescription.parse("v=0\r\n" + line + "\r\n"))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("line 2: a control character at 5");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    refused("v=0\n" + "a=x\n".repeat(20_000), "characters");
    refused("v=0\na=x:" + "y".repeat(5000), "line 2: 5004 characters");
    refused("v=0\n" + "m=audio 9 RTP/SAVPF 0\n".repeat(33), "line 34: more than 32 media sections");
    refused("v=0\n" + "a=x\n".repeat(1025), "line 1026: more than 1024 attributes");
    refused("v=0\nm=audio 9 RTP/SAVPF" + " 0".repeat(129), "line 2: more than 128 formats");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(text))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining(message);
  }
}
