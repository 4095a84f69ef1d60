package live.sluice.node.config;

import java.util.List;

/**
 * Who may publish and play. Every key stands in {@code reference.yaml}.
 *
 * @param publishTokens secrets of which a publisher shows one; empty: anybody publishes
 * @param playTokens secrets of which a player shows one; empty: anybody plays
 */
public record AuthSection(@Secret List<String> publishTokens, @Secret List<String> playTokens) {

  /** Keeps the lists as they are now. */
  public AuthSection {
    publishTokens = List.copyOf(publishTokens);
    playTokens = List.copyOf(playTokens);
  }

  /** What holds where the file says nothing. */
  public static AuthSection defaults() {
    return new AuthSection(List.of(), List.of());
  }
}
