package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.AuthSection;
import live.sluice.rtmp.PlayGate;
import live.sluice.rtmp.PublishGate;
import live.sluice.rtmp.PublishRequest;
import live.sluice.rtmp.PublishTarget;
import org.junit.jupiter.api.Test;

class WiringTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final Tokens tokens = new Tokens(() -> new AuthSection(List.of("pub"), List.of("view")));

  @Test
  void aPublisherWithoutATokenDoesNotReachTheGateBehind() {
    List<PublishRequest> let = new ArrayList<>();
    CompletionStage<PublishTarget> taken = new CompletableFuture<>();
    PublishGate gate =
        Wiring.asking(
            tokens,
            (request, owner) -> {
              let.add(request);
              return taken;
            });
    assertThatThrownBy(() -> gate.open(request("token=view"), (code, why) -> {}).toCompletableFuture().get())
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.UNAUTHORIZED));
    assertThat(let).isEmpty();
    assertThat(gate.open(request("a=b&token=pub"), (code, why) -> {})).isSameAs(taken);
    assertThat(let).hasSize(1);
  }

  private static PublishRequest request(String param) {
    return new PublishRequest(KEY, param, "", Session.detached(Session.Type.RTMP_PUBLISH, "192.0.2.1:1"), null);
  }

  @Test
  void aPlayerOfRtmpShowsItsTokenInTheUrl() {
    PlayGate gate = Wiring.playGate(tokens);
    assertThatCode(() -> gate.check(KEY, "token=view")).doesNotThrowAnyException();
    assertThatThrownBy(() -> gate.check(KEY, "token=pub")).isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> gate.check(KEY, "")).isInstanceOf(SluiceException.class);
  }
}
