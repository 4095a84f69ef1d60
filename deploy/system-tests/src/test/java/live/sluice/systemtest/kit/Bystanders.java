package live.sluice.systemtest.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Players by WHEP that an accident does not concern: they have to see nothing of it. */
public final class Bystanders {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final List<Bench> players = new ArrayList<>();

  /** Two players at each of these, which play when this returns. */
  public Bystanders(Lab lab, URI... wheps) {
    for (URI whep : wheps) {
      Bench player = Bench.start(lab, "play", whep.toString(), "--count", "2", "--warmup", "2s", "--for", "10m");
      players.add(player);
    }
    for (int i = 0; i < players.size(); i++) {
      Api api = new Api(wheps[i].toString(), wheps[i].resolve("/"));
      Poll.until("players at " + wheps[i], SOON,
          () -> api.clients().stream().filter(each -> each.path("type").asString().equals("rtc-play")).count() >= 2,
          players.get(i).output());
    }
  }

  /** Ends them; fails where one of them had to wait for its picture, or was cut off. */
  public void sawNothing() {
    for (JsonNode play : end()) {
      assertThat(play.path("stalls").path("count").asInt()).as("stalls: " + play).isZero();
      assertThat(play.path("disconnected").asInt() + play.path("failed").asInt()).as("cut off: " + play).isZero();
      assertThat(play.path("packets").path("brokenPictures").asInt()).as("pictures that never came whole: " + play).isZero();
    }
  }

  /** Ends them, and returns what each pair of them saw. */
  public List<JsonNode> end() {
    players.forEach(Bench::stop);
    List<JsonNode> seen = new ArrayList<>();
    for (Bench player : players) {
      player.awaitExit();
      seen.add(player.figures().path("play"));
    }
    return seen;
  }
}
