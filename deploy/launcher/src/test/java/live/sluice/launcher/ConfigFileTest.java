package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  @Test
  void keysOfTheCommandLineBecomeSections() {
    assertThat(ConfigFile.settings(List.of("hop.streams=tcp", "hls.window=3", "hls.enabled=false", "rtc.nack-history=")))
        .isEqualTo(
            Map.of(
                "hop", Map.of("streams", "tcp"),
                "hls", Map.of("window", 3, "enabled", false),
                "rtc", Map.of("nack-history", "")));
  }

  @Test
  void valuesMayBeListsAndTheLastOneOfAKeyCounts() {
    assertThat(ConfigFile.settings(List.of("limits.sessions=5", "auth.play-tokens=[a, b]", "limits.sessions=6")))
        .isEqualTo(Map.of("limits", Map.of("sessions", 6), "auth", Map.of("play-tokens", List.of("a", "b"))));
  }

  @Test
  void whatIsNoKeyWithAValueIsRefused() {
    assertThatThrownBy(() -> ConfigFile.settings(List.of("hop.streams"))).hasMessageContaining("KEY=VALUE");
    assertThatThrownBy(() -> ConfigFile.settings(List.of("=tcp"))).hasMessageContaining("KEY=VALUE");
    assertThatThrownBy(() -> ConfigFile.settings(List.of("hop.regions=[a"))).hasMessageContaining("hop.regions");
  }
}
