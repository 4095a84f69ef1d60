package live.sluice.rtc.ice;

import java.time.Duration;

/**
 * How long an agent waits for whom.
 *
 * @param consent a peer that sent no valid check for so long has gone; RFC 7675, section 5.1, says 30 s
 * @param nominationHold a path that the peer nominated with a higher priority is kept against another nominated one for
 *     so long, since some peers nominate all that work and leave the choice to us
 * @param unnominatedHold a path of a peer that nominates none is kept against another one for so long
 * @param maxPaths addresses of a peer that are kept in mind at once; the longest silent one goes first
 */
public record IceSettings(Duration consent, Duration nominationHold, Duration unnominatedHold, int maxPaths) {
  /** What fits browsers. */
  public static final IceSettings DEFAULT =
      new IceSettings(Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(3), 8);

  /** The same but for the consent. */
  public IceSettings withConsent(Duration lasting) {
    return new IceSettings(lasting, nominationHold, unnominatedHold, maxPaths);
  }
}
