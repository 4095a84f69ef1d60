package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatParametersTest {

  @Test
  void namesHaveNoCaseAndSpacesAreLeftOut() {
    FormatParameters parameters = FormatParameters.parse("Profile-Level-Id=42E01F; packetization-mode=1 ;x;");

    assertThat(parameters.get("profile-level-id", "")).isEqualTo("42E01F");
    assertThat(parameters.is("packetization-mode", "1")).isTrue();
    assertThat(parameters.get("x", "none")).isEmpty();
    assertThat(parameters.get("y", "none")).isEqualTo("none");
    assertThat(parameters).hasToString("profile-level-id=42E01F;packetization-mode=1;x");
  }

  @Test
  void oneThatIsChangedKeepsItsPlace() {
    FormatParameters parameters = FormatParameters.parse("sprop-stereo=1;a=1;b=2");

    assertThat(parameters.without("sprop-").with("a", "3").with("c", "4")).hasToString("a=3;b=2;c=4");
  }

  @Test
  void noneAreNone() {
    assertThat(FormatParameters.parse("")).hasToString("");
  }
}
