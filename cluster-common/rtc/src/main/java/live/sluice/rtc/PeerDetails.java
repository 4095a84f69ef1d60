package live.sluice.rtc;

import live.sluice.media.Session;

/**
 * Tells of a peer's session what its reports say, for whoever looks at sessions. Text is made only where the figure has
 * changed, so it may be called often. On the peer's loop.
 */
final class PeerDetails {
  private static final String LAYER = "layer";

  private final Session session;
  private int lostPermille = -1;
  private long roundTripTenths = -1;

  PeerDetails(Session session) {
    this.session = session;
  }

  /** So many of its packets were lost lately, from 0 to 1. */
  void lost(double share) {
    int permille = (int) Math.round(Math.clamp(share, 0, 1) * 1_000);
    if (permille != lostPermille) {
      lostPermille = permille;
      session.detail("lost", tenths(permille));
    }
  }

  /** The way to it and back takes so long, in ns; less than 0 where it is not known. */
  void roundTrip(long nanos) {
    long tenths = nanos < 0 ? -1 : (nanos + 50_000) / 100_000;
    if (tenths >= 0 && tenths != roundTripTenths) {
      roundTripTenths = tenths;
      session.detail("roundTrip", tenths(tenths));
    }
  }

  /** It is sent that layer of a simulcast. */
  void layer(String name) {
    if (!name.equals(session.detail(LAYER))) {
      session.detail(LAYER, name);
    }
  }

  private static String tenths(long value) {
    return value / 10 + "." + value % 10;
  }
}
