package live.sluice.hop.media;

/**
 * How long a packet is worth repairing, and how long an answer takes; both sides of a link go by the same figures. All
 * in ns.
 */
public final class RepairTimes {
  private static final long MS = 1_000_000;
  private static final long LEAST = 200 * MS;
  private static final long MOST = 400 * MS;
  /** What is taken for the round trip while it is not known: longer than most are, lest all is asked for twice. */
  private static final long UNKNOWN_ROUND_TRIP = 200 * MS;

  private static final long LONGEST_ROUND_TRIP = 10_000 * MS;
  private static final long LONG_ROUND_TRIP = 90 * MS;
  /** After two hops of that a repair of sound would come later than the 400 ms that sound has in all. */
  private static final long TOO_LONG_FOR_SOUND = 130 * MS;

  private RepairTimes() {}

  /** The round trip to reckon with: as measured, or a guess where it is 0 or less. */
  public static long roundTrip(long measured) {
    return measured <= 0 ? UNKNOWN_ROUND_TRIP : Math.min(measured, LONGEST_ROUND_TRIP);
  }

  /**
   * For how long after it was first sent a packet may leave: 1.25 round trips and 60 ms, at least 200 ms and at most 400.
   * What leaves at the last moment arrives so much later than it would have without loss.
   */
  public static long deadline(long roundTrip) {
    return Math.clamp(roundTrip + roundTrip / 4 + 60 * MS, LEAST, MOST);
  }

  /**
   * After how long what was asked for, or sent again, is taken to be lost: a round trip, and something for jitter.
   *
   * @param queueing by how much packets were delayed lately, in ns: queues may be growing
   */
  public static long repeat(long roundTrip, long queueing) {
    return roundTrip + roundTrip / 10 + queueing + queueing / 2 + 5 * MS;
  }

  /**
   * Whether what is sent again goes twice. On a long way there is time for one repair only, as the next would leave after
   * the deadline; and where much is lost, that one is lost too often.
   *
   * @param loss share of packets that the path loses, 0 to 1
   */
  public static boolean isDoubled(long roundTrip, double loss) {
    return roundTrip >= LONG_ROUND_TRIP && loss >= 0.005;
  }

  /**
   * Whether sound goes twice from the start. It has less time than pictures, on all hops together, and is little.
   *
   * @param loses whether the path lost anything lately
   */
  public static boolean isSoundDoubled(long roundTrip, boolean loses) {
    return loses && roundTrip >= TOO_LONG_FOR_SOUND;
  }
}
