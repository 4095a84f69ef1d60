package live.sluice.media;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which stream: in the region, and in other regions as far as they announce it. An entry whose owner is of
 * another region can be told by {@link NodeInfo#region}. Look-ups answer at once from a local view, which is kept while the
 * directory is out of reach. Thread-safe; stages complete and listeners are called on threads of the directory's own,
 * and must not block.
 */
public interface StreamDirectory {

  /** The answer to a claim. */
  sealed interface Claim {
    /** The stream is ours, until we release it or {@link Listener#ownershipLost} says otherwise. */
    record Granted(StreamEntry entry) implements Claim {}

    /** A live node owns it. */
    record Refused(StreamEntry owner) implements Claim {}

    /** A quorum was asked for and we are not in it: {@code why} is for the publisher. */
    record Unavailable(String why) implements Claim {}
  }

  /** Told of what changes. */
  interface Listener {
    /** A stream was published, taken over or, with a null entry, ended. Also told when the owner's node is gone. */
    default void entryChanged(StreamKey key, @Nullable StreamEntry entry) {}

    /** A stream that this node owned belongs to {@code winner} now: its publisher here must go. */
    default void ownershipLost(StreamEntry mine, StreamEntry winner) {}

    /** The set of live nodes, or what is known of one, changed. */
    default void nodesChanged() {}

    /** What {@link StreamDirectory#routes} says of a stream changed. */
    default void routesChanged(StreamKey key) {}
  }

  /**
   * Asks to own a stream. Never waits for a directory that is out of reach unless a quorum is configured: then the claim
   * is granted from the local view, and settled when the directory is back.
   *
   * @param takeOver whether a live owner loses it to us
   */
  CompletionStage<Claim> claim(StreamKey key, boolean takeOver);

  /**
   * Tells the codecs of a stream we own, and the discontinuity sequence that its HLS has reached, which the next publish
   * goes on from; ignored when we do not own that epoch.
   */
  void describe(StreamEntry mine);

  /** Gives up a stream we own; ignored when we do not own that epoch. */
  void release(StreamEntry mine);

  /**
   * The owner as known here: that of this region, else the one that another region announces; null when nobody publishes
   * the stream or its owner is known to be gone.
   */
  @Nullable StreamEntry lookup(StreamKey key);

  /** The ways to a stream of another region, the best first; empty when none announces it. */
  default List<Announcement> routes(StreamKey key) {
    return List.of();
  }

  /** All entries as known here, those of other regions among them. */
  Collection<StreamEntry> entries();

  /** All live nodes of this region as known here, this one included. */
  Collection<NodeInfo> nodes();

  /** Whether the directory is within reach; a node alone is always connected. */
  boolean connected();

  /** Adds a listener for the life of the directory. */
  void addListener(Listener listener);
}
