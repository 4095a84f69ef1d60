package live.sluice.cluster;

import org.jspecify.annotations.Nullable;

/** What an owner has to do when it compares a stream of its own with what the directory says of it. */
sealed interface Settlement {
  /** Nothing: the directory says the same, or it is not yet known whether the other owner lives. */
  record Nothing() implements Settlement {}

  /** To write the entry again, over an owner that is dead if one is named. */
  record Assert(@Nullable Incarnation dead) implements Settlement {}

  /** To give the stream up. */
  record Lose(StreamRecord winner) implements Settlement {}

  /**
   * Compares. A stream is never lost to an owner that may be dead: after a cut was healed the directory still has what
   * the other side's nodes wrote before they died.
   *
   * @param said what the directory says, null where it has nothing
   * @param health of the owner that the directory names
   */
  static Settlement of(StreamRecord mine, @Nullable StreamRecord said, Leases.Health health) {
    if (said == null || said.ended()) {
      return new Assert(null);
    }
    if (said.samePublish(mine)) {
      boolean same =
          said.epoch() == mine.epoch()
              && said.codecs().equals(mine.codecs())
              && said.highDiscontinuity() >= mine.highDiscontinuity();
      return same ? new Nothing() : new Assert(null);
    }
    if (said.ownedBy(mine.owner())) {
      return new Assert(Incarnation.of(mine.owner()));
    }
    if (mine.beats(said)) {
      return new Assert(null);
    }
    return switch (health) {
      case LIVE -> new Lose(said);
      case GONE -> new Assert(Incarnation.of(said.owner()));
      case UNPROVEN, SUSPECT -> new Nothing();
    };
  }
}
