package live.sluice.cluster;

import java.time.InstantSource;
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

  private final NodeInfo self;
  private final InstantSource clock;
  private final Loop loop;
  private final Fanout fanout;
  private final View view;
  private final Leases leases;
  private final HazelcastLink link;
  private final Claims claims;
  private final BooleanSupplier informed;
  private final Set<StreamKey> asserting = new HashSet<>();

  /** {@code informed} says whether the view is the directory's, as of lately. */
  Ownership(
      NodeInfo self,
      InstantSource clock,
      Loop loop,
      Fanout fanout,
      View view,
      Leases leases,
      HazelcastLink link,
      Claims claims,
      BooleanSupplier informed) {
    this.self = self;
    this.clock = clock;
    this.loop = loop;
    this.fanout = fanout;
    this.view = view;
    this.leases = leases;
    this.link = link;
    this.claims = claims;
    this.informed = informed;
  }

  /** Compares all that is owned. */
  void settleAll() {
    for (StreamRecord mine : view.allOwned()) {
      settle(mine);
    }
  }

  /** Compares one, if it is owned. */
  void settle(StreamKey key) {
    StreamRecord mine = view.owned(key);
    if (mine != null) {
      settle(mine);
    }
  }

  private void settle(StreamRecord mine) {
    StreamKey key = mine.key();
    if (!informed.getAsBoolean() || claims.busy(key) || asserting.contains(key)) {
      return;
    }
    StreamRecord said = view.held(key);
    Health health = said == null || said.ended() ? Health.GONE : leases.health(said.owner(), loop.now());
    switch (Settlement.of(mine, said, health)) {
      case Settlement.Nothing nothing -> {}
      case Settlement.Assert write -> submit(new AssertRequest(mine, write.dead()));
      case Settlement.Lose loss -> lose(mine, loss.winner());
    }
  }

  private void submit(AssertRequest request) {
    StreamKey key = request.mine().key();
    asserting.add(key);
    link.submit(key, request)
        .whenCompleteAsync(
            (record, failure) -> {
              asserting.remove(key);
              if (record != null) {
                view.hold(record, loop.now());
                catchUp(record);
                settle(key);
              }
            },
            loop);
  }

  /** A word of ours with an older revision than the directory's would be refused again and again. */
  private void catchUp(StreamRecord said) {
    StreamRecord mine = view.owned(said.key());
    if (mine != null && said.samePublish(mine) && said.revision() > mine.revision()) {
      view.own(mine.over(said), loop.now());
    }
  }

  private void lose(StreamRecord mine, StreamRecord winner) {
    log.info("{} belongs to node {} now (epoch {} over {})", mine.key(), winner.owner().id(), winner.epoch(), mine.epoch());
    view.disown(mine.key(), loop.now());
    StreamEntry lost = mine.entry();
    StreamEntry won = winner.entry();
    fanout.tell(listener -> listener.ownershipLost(lost, won));
  }

  /** Ends what stands in the directory in our name, and we do not own: an answer that came too late, a former life. */
  void endGhosts() {
    if (!informed.getAsBoolean()) {
      return;
    }
    for (StreamRecord record : view.allHeld()) {
      boolean ours = record.owner().id().equals(self.id()) && record.owner().incarnation() <= self.incarnation();
      if (ours && !record.ended() && view.owned(record.key()) == null && !claims.busy(record.key())) {
        end(record);
      }
    }
  }

  private CompletableFuture<?> end(StreamRecord record) {
    return link.submit(record.key(), EndRequest.of(record, clock.millis()))
        .whenCompleteAsync(
            (after, failure) -> {
              if (after != null) {
                view.hold(after, loop.now());
              }
            },
            loop)
        .toCompletableFuture();
  }

  /** See {@link live.sluice.media.StreamDirectory#describe}. */
  void describe(StreamEntry entry) {
    StreamRecord mine = view.owned(entry.key());
    if (mine != null && mine.epoch() == entry.epoch() && !mine.knows(entry)) {
      StreamRecord described = mine.describe(entry);
      view.own(described, loop.now());
      settle(described);
    }
  }

  /** See {@link live.sluice.media.StreamDirectory#release}. */
  void release(StreamEntry entry) {
    StreamRecord mine = view.owned(entry.key());
    if (mine == null || mine.epoch() != entry.epoch()) {
      return;
    }
    view.disown(entry.key(), loop.now());
    StreamRecord said = view.held(entry.key());
    if (said != null ? said.samePublish(mine) : view.allHeld().size() < MOST_HELD) {
      view.hold(mine.end(clock.millis(), mine.highDiscontinuity()), loop.now());
    }
    end(mine);
  }

  /** Ends all that is owned; the stages complete when the directory knows it, where it is asked. */
  List<CompletableFuture<?>> stop() {
    List<StreamRecord> owned = new ArrayList<>(view.allOwned());
    // First: what is owned would be written again when its end is told back to us.
    owned.forEach(mine -> view.disown(mine.key(), loop.now()));
    List<CompletableFuture<?>> ends = new ArrayList<>();
    owned.forEach(mine -> ends.add(end(mine)));
    return ends;
  }
}
