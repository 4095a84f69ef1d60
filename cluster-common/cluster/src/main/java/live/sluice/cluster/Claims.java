package live.sluice.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import live.sluice.cluster.Leases.Health;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's claims, one at a time for each stream. A claim goes to where the entry lives; when that can't be reached
 * in time it is granted from the local view and settled later, or, where a quorum is asked for, refused with a reason.
 * Confined to the loop.
 */
final class Claims {
  private static final Logger log = LoggerFactory.getLogger(Claims.class);

  private static final long PATIENCE_MS = 2_000;
  private static final long QUORUM_PATIENCE_MS = 5_000;
  private static final long AGAIN_MS = 150;
  private static final int MOST_EVICTIONS = 5;

  /** A claim under way. */
  private static final class Pending {
    final StreamKey key;
    final boolean takeOver;
    final CompletableFuture<Claim> answer;
    long publish;
    long deadline;
    int evictions;
    boolean done;

    Pending(StreamKey key, boolean takeOver, CompletableFuture<Claim> answer) {
      this.key = key;
      this.takeOver = takeOver;
      this.answer = answer;
    }
  }

  private final Parts parts;
  private final boolean quorum;

  // The first of each queue is under way.
  private final Map<StreamKey, Deque<Pending>> queues = new HashMap<>();
  private long publishes;

  Claims(Parts parts, boolean quorum) {
    this.parts = parts;
    this.quorum = quorum;
  }

  boolean busy(StreamKey key) {
    return queues.containsKey(key);
  }

  /** Takes a claim; {@code answer} is completed on the listeners' thread. */
  void add(StreamKey key, boolean takeOver, CompletableFuture<Claim> answer) {
    Deque<Pending> queue = queues.computeIfAbsent(key, k -> new ArrayDeque<>());
    queue.add(new Pending(key, takeOver, answer));
    if (queue.size() == 1) {
      begin(queue.element());
    }
  }

  private void begin(Pending claim) {
    StreamRecord mine = parts.view().owned(claim.key);
    if (mine != null && !claim.takeOver) {
      finish(claim, new Claim.Refused(mine.entry()));
      return;
    }
    StreamEntry elsewhere = parts.routes().best(claim.key);
    if (elsewhere != null && !claim.takeOver) {
      finish(claim, new Claim.Refused(elsewhere));
      return;
    }
    claim.publish = ++publishes;
    long patience = quorum ? QUORUM_PATIENCE_MS : PATIENCE_MS;
    claim.deadline = parts.loop().now() + patience;
    parts.loop().after(patience, () -> unanswered(claim, "no answer within " + patience + " ms"));
    attempt(claim);
  }

  private void attempt(Pending claim) {
    if (claim.done) {
      return;
    }
    StreamRecord said = parts.view().held(claim.key);
    Incarnation dead = said != null && claimable(said.owner()) ? Incarnation.of(said.owner()) : null;
    ClaimRequest request = request(claim, dead);
    parts
        .link()
        .submit(claim.key, request)
        .whenCompleteAsync(
            (record, failure) -> {
              if (record == null) {
                failed(claim, failure);
              } else {
                answered(claim, request, record);
              }
            },
            parts.loop());
  }

  private ClaimRequest request(Pending claim, @Nullable Incarnation dead) {
    StreamRecord said = parts.view().held(claim.key);
    return ClaimRequest.of(
            claim.key, parts.self(), claim.publish, parts.clock().millis(), claim.takeOver, dead, said)
        .above(parts.routes().highEpoch(claim.key), parts.routes().highDiscontinuity(claim.key));
  }

  private boolean claimable(NodeInfo owner) {
    Health health = parts.leases().health(owner, parts.loop().now());
    return health == Health.GONE || health == Health.SUSPECT;
  }

  private void answered(Pending claim, ClaimRequest request, StreamRecord record) {
    boolean granted = request.isAnswerTo(record) && !record.ended();
    if (granted && !claim.done) {
      parts.view().own(record, parts.loop().now());
    }
    // Of an answer that is late this is all: what we own by now is settled with it later.
    parts.view().hold(record, parts.loop().now());
    if (claim.done) {
      return;
    }
    if (granted) {
      finish(claim, new Claim.Granted(record.entry()));
    } else if (claimable(record.owner()) && claim.evictions++ < MOST_EVICTIONS) {
      attempt(claim);
    } else {
      finish(claim, new Claim.Refused(record.entry()));
    }
  }

  private void failed(Pending claim, @Nullable Throwable failure) {
    log.debug("the claim of {} was not answered: {}", claim.key, String.valueOf(failure));
    if (claim.done) {
      return;
    }
    if (!quorum && !parts.link().within()) {
      unanswered(claim, "the directory is out of reach");
    } else if (parts.loop().now() < claim.deadline) {
      // The same claim again has the same answer, so an exception, whatever it is, means: once more.
      parts.loop().after(AGAIN_MS, () -> attempt(claim));
    }
  }

  private void unanswered(Pending claim, String why) {
    if (claim.done) {
      return;
    }
    if (quorum) {
      finish(
          claim,
          new Claim.Unavailable(
              "this origin does not see the majority of the origins, and a quorum is configured;"
                  + " publish to another origin, or try again in some seconds"));
      return;
    }
    StreamRecord said = parts.view().held(claim.key);
    boolean othersLive = said != null && !said.ended() && !said.owner().id().equals(parts.self().id());
    if (said == null || claim.takeOver || !othersLive || claimable(said.owner())) {
      grantFromView(claim, why);
      return;
    }
    // Whether the owner lives can't be learnt from the directory now: ask it.
    claim.done = true;
    NodeInfo owner = said.owner();
    Thread.ofVirtual()
        .start(
            () -> {
              boolean reachable = parts.probe().reachable(owner);
              parts
                  .loop()
                  .execute(
                      () -> {
                        if (reachable) {
                          finish(claim, new Claim.Refused(said.entry()));
                        } else {
                          grantFromView(claim, why);
                        }
                      });
            });
  }

  private void grantFromView(Pending claim, String why) {
    StreamRecord said = parts.view().held(claim.key);
    StreamRecord mine = request(claim, said == null ? null : Incarnation.of(said.owner())).decide(said);
    parts.view().own(mine, parts.loop().now());
    log.info("{} is granted from the local view and will be settled later: {}", claim.key, why);
    finish(claim, new Claim.Granted(mine.entry()));
  }

  private void finish(Pending claim, Claim result) {
    claim.done = true;
    parts.fanout().run(() -> claim.answer.complete(result));
    Deque<Pending> queue = queues.get(claim.key);
    if (queue != null) {
      queue.poll();
      Pending next = queue.peek();
      if (next == null) {
        queues.remove(claim.key);
      } else {
        begin(next);
      }
    }
  }

  /** Answers all that is under way. */
  void stop() {
    queues.values().forEach(queue -> queue.forEach(claim -> {
      claim.done = true;
      parts.fanout().run(() -> claim.answer.complete(stopping()));
    }));
    queues.clear();
  }

  static Claim stopping() {
    return new Claim.Unavailable("this node is stopping; publish to another one");
  }
}
