package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class LayersTest {

  @Test
  void layersAreThoseOfTheSimulcastLineInItsOrder() {
    assertThat(of("a=rid:h send;a=rid:m send;a=rid:l send;a=simulcast:send h*m*l")).containsExactly("h", "m", "l");
  }

  @Test
  void pausedOnesAlternativesAndWhatIsReceivedAreUnderstood() {
    assertThat(of("a=rid:1 send;a=rid:2 send;a=rid:3 send;a=rid:4 recv;a=simulcast:recv 4 send 1*~2,3"))
        .containsExactly("1", "2");
  }

  @Test
  void theEarlyDraftsFormIsUnderstood() {
    assertThat(of("a=rid:q send;a=rid:h send;a=simulcast: send rid=q*h")).containsExactly("q", "h");
  }

  @Test
  void aSectionWithoutNamesHasNone() {
    assertThat(of("a=sendonly")).isEmpty();
  }

  @Test
  void layersThatAreNotDeclaredAreAContradiction() {
    refused("a=rid:1 send;a=simulcast:send 1*2", ErrorCode.SDP_INVALID);
    refused("a=rid:1 send;a=rid:1 send", ErrorCode.SDP_INVALID);
    refused("a=rid:a!b send", ErrorCode.SDP_INVALID);
  }

  @Test
  void tooManyLayersAreRefused() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append("a=rid:").append(i).append(" send;");
    }
    refused(text.toString(), ErrorCode.SDP_UNSUPPORTED);
  }

  @Test
  void namesThatAreUsualTellTheOrder() {
    assertThat(Layers.leastFirst(List.of("h", "m", "l"), "-")).containsExactly("l", "m", "h");
    assertThat(Layers.leastFirst(List.of("f", "h", "q"), "-")).containsExactly("q", "h", "f");
    assertThat(Layers.leastFirst(List.of("high", "low"), "-")).containsExactly("low", "high");
    assertThat(Layers.leastFirst(List.of("a", "b"), "-")).containsExactly("a", "b");
  }

  @Test
  void numbersGoUpInBrowsersAndDownInObs() {
    assertThat(Layers.leastFirst(List.of("0", "1", "2"), "-")).containsExactly("0", "1", "2");
    assertThat(Layers.leastFirst(List.of("0", "1", "2"), "rtc")).containsExactly("2", "1", "0");
  }

  private static List<String> of(String attributes) {
    // A semicolon ends a line here, so that a star stands for one.
    String lines = attributes.replace(";", "\r\n").replace('*', ';');
    return Layers.of(SessionDescription.parse("v=0\r\nm=video 9 RTP/SAVPF 96\r\n" + lines).sections().getFirst());
  }

  private static void refused(String attributes, ErrorCode code) {
    assertThatThrownBy(() -> of(attributes))
        .isInstanceOf(SluiceException.class)
        .extracting(e -> ((SluiceException) e).code())
        .isEqualTo(code);
  }
}
