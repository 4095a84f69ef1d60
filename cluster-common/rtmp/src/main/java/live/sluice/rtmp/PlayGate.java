package live.sluice.rtmp;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;

/** Decides who may play. */
@FunctionalInterface
public interface PlayGate {
  /** Lets everybody play. */
  PlayGate OPEN = (key, param) -> {};

  /**
   * Lets a player pass, or refuses it. Called on the connection's loop; must not block.
   *
   * @param param parameters of the URL, as {@code a=b&c=d}; may hold credentials
   * @throws SluiceException such as {@link ErrorCode#UNAUTHORIZED}, whose message the player is told
   */
  void check(StreamKey key, String param);
}
