package live.sluice.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import live.sluice.cluster.Leases.Health;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node owns, held against what the directory says of it: written again where the directory lost it, given up
 * where another one won, ended where the directory has it in our name and we do not. Confined to the loop.
 */
final class Ownership {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  /** Ended streams that a node out of reach of the directory remembers. */
  private static final int MOST_HELD = 20_000;

  private final Parts parts;
  private final Claims claims;
  private final BooleanSupplier informed;
  private final Set<StreamKey> asserting = new HashSet<>();

  /** {@code informed} says whether the view is the directory's, as of lately. */
  Ownership(Parts parts, Claims claims, BooleanSupplier informed) {
    this.parts = parts;
    this.claims = claims;
    this.informed = informed;
  }

  /** Compares all that is owned. */
  void settleAll() {
    for (StreamRecord mine : parts.view().allOwned()) {
      settle(mine);
    }
  }

  /** Compares one, if it is owned. */
  void settle(StreamKey key) {
    StreamRecord mine = parts.view().owned(key);
    if (mine != null) {
      settle(mine);
    }
  }

  private void settle(StreamRecord mine) {
    StreamKey key = mine.key();
    StreamEntry elsewhere = parts.routes().best(key);
    if (elsewhere != null && elsewhere.beats(mine.entry()) && !claims.busy(key)) {
      loseAbroad(mine, elsewhere);
      return;
    }
    if (!informed.getAsBoolean() || claims.busy(key) || asserting.contains(key)) {
      return;
    }
    StreamRecord said = parts.view().held(key);
    Health health =
        said == null || said.ended() ? Health.GONE : parts.leases().health(said.owner(), parts.loop().now());
    switch (Settlement.of(mine, said, health)) {
      case Settlement.Nothing nothing -> {}
      case Settlement.Assert write -> submit(new AssertRequest(mine, write.dead()));
      case Settlement.Lose loss -> lose(mine, loss.winner());
    }
  }

  private void submit(AssertRequest request) {
    StreamKey key = request.mine().key();
    asserting.add(key);
    parts
        .link()
        .submit(key, request)
        .whenCompleteAsync(
            (record, failure) -> {
              asserting.remove(key);
              if (record != null) {
                parts.view().hold(record, parts.loop().now());
                catchUp(record);
                settle(key);
              }
            },
            parts.loop());
  }

  /** A word of ours with an older revision than the directory's would be refused again and again. */
  private void catchUp(StreamRecord said) {
    StreamRecord mine = parts.view().owned(said.key());
    if (mine != null && said.samePublish(mine) && said.revision() > mine.revision()) {
      parts.view().own(mine.over(said), parts.loop().now());
    }
  }

  private void lose(StreamRecord mine, StreamRecord winner) {
    log.info("{} belongs to node {} now (epoch {} over {})", mine.key(), winner.owner().id(), winner.epoch(), mine.epoch());
    parts.view().disown(mine.key(), parts.loop().now());
    StreamEntry lost = mine.entry();
    StreamEntry won = winner.entry();
    parts.fanout().tell(listener -> listener.ownershipLost(lost, won));
  }

  /** Another region has a later publish. Its end here is told to the directory, which would else go on with ours. */
  private void loseAbroad(StreamRecord mine, StreamEntry winner) {
    log.info(
        "{} belongs to node {} of region {} now (epoch {} over {})",
        mine.key(), winner.owner().id(), winner.owner().region(), winner.epoch(), mine.epoch());
    giveUp(mine);
    StreamEntry lost = mine.entry();
    parts.fanout().tell(listener -> listener.ownershipLost(lost, winner));
  }

  /** Ends what stands in the directory in our name, and we do not own: an answer that came too late, a former life. */
  void endGhosts() {
    if (!informed.getAsBoolean()) {
      return;
    }
    NodeInfo self = parts.self();
    for (StreamRecord record : parts.view().allHeld()) {
      boolean ours = record.owner().id().equals(self.id()) && record.owner().incarnation() <= self.incarnation();
      if (ours && !record.ended() && parts.view().owned(record.key()) == null && !claims.busy(record.key())) {
        end(record);
      }
    }
  }

  private CompletableFuture<?> end(StreamRecord record) {
    return parts
        .link()
        .submit(record.key(), EndRequest.of(record, parts.clock().millis()))
        .whenCompleteAsync(
            (after, failure) -> {
              if (after != null) {
                parts.view().hold(after, parts.loop().now());
              }
            },
            parts.loop())
        .toCompletableFuture();
  }

  /** See {@link live.sluice.media.StreamDirectory#describe}. */
  void describe(StreamEntry entry) {
    StreamRecord mine = parts.view().owned(entry.key());
    if (mine != null && mine.epoch() == entry.epoch() && !mine.knows(entry)) {
      StreamRecord described = mine.describe(entry);
      parts.view().own(described, parts.loop().now());
      settle(described);
    }
  }

  /** See {@link live.sluice.media.StreamDirectory#release}. */
  void release(StreamEntry entry) {
    StreamRecord mine = parts.view().owned(entry.key());
    if (mine != null && mine.epoch() == entry.epoch()) {
      giveUp(mine);
    }
  }

  private void giveUp(StreamRecord mine) {
    parts.view().disown(mine.key(), parts.loop().now());
    StreamRecord said = parts.view().held(mine.key());
    if (said != null ? said.samePublish(mine) : parts.view().allHeld().size() < MOST_HELD) {
      parts.view().hold(mine.end(parts.clock().millis(), mine.highDiscontinuity()), parts.loop().now());
    }
    end(mine);
  }

  /** Ends all that is owned; the stages complete when the directory knows it, where it is asked. */
  List<CompletableFuture<?>> stop() {
    List<StreamRecord> owned = new ArrayList<>(parts.view().allOwned());
    // First: what is owned would be written again when its end is told back to us.
    owned.forEach(mine -> parts.view().disown(mine.key(), parts.loop().now()));
    List<CompletableFuture<?>> ends = new ArrayList<>();
    owned.forEach(mine -> ends.add(end(mine)));
    return ends;
  }
}
