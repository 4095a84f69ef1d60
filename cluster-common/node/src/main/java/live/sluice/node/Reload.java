package live.sluice.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.NodeConfig;

/**
 * What became of a configuration that was read again: which keys hold from now on, and which only after a restart.
 *
 * @param applied keys that were changed and hold now
 * @param pending keys that were changed and need a restart
 */
public record Reload(List<String> applied, List<String> pending) {

  /** Compares the keys. */
  static Reload between(NodeConfig before, NodeConfig next) {
    Map<String, String> wanted = ConfigLoader.describe(next);
    Map<String, String> live = ConfigLoader.describe(before.withLiveParts(next));
    List<String> applied = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    ConfigLoader.describe(before)
        .forEach(
            (key, old) -> {
              String value = wanted.getOrDefault(key, "");
              if (!value.equals(live.get(key))) {
                pending.add(key);
              } else if (!value.equals(old)) {
                applied.add(key);
              }
            });
    if (!before.api().token().equals(next.api().token())) {
      pending.add("api.token");
    }
    if (!before.rtc().iceServers().equals(next.rtc().iceServers())) {
      pending.add("rtc.ice-servers");
    }
    // Masked where they are described, and so not seen above.
    if (!before.auth().publishTokens().equals(next.auth().publishTokens())) {
      applied.add("auth.publish-tokens");
    }
    if (!before.auth().playTokens().equals(next.auth().playTokens())) {
      applied.add("auth.play-tokens");
    }
    if (!before.cluster().secret().equals(next.cluster().secret())) {
      pending.add("cluster.secret");
    }
    return new Reload(applied.stream().distinct().toList(), pending.stream().distinct().toList());
  }
}
