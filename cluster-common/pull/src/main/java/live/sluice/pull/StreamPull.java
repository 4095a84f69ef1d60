package live.sluice.pull;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.Upstream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pull of one stream, for as long as it has players: looks up who has it, connects, feeds the stream, and begins
 * again with a growing pause whenever that fails, or at once when the directory names a new owner. Where another node has
 * become the one to pull from, or the link to it can be had again, that is asked, and the present one let go when it serves.
 * Owned by the stream's loop.
 */
final class StreamPull implements Upstream.Pull, PullAttempt.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPull.class);

  /** A connection that lasted this long was good: the next failure is a new one. */
  private static final long GOOD_MS = 5_000;

  /** How often it is looked whether another node is the one to pull from, in ms. */
  private static final long LOOK_MS = 2_000;

  private final Stream stream;
  private final Sources sources;
  private final BackOff backOff;
  private final Session session;
  private final Consumer<StreamPull> onStopped;
  private final Pauses pauses;
  private volatile @Nullable PullAttempt current;
  private @Nullable PullAttempt next;
  private @Nullable Future<?> retry;
  private @Nullable Future<?> look;
  private String lastFailure = "";
  private boolean stopped;

  StreamPull(Stream stream, Sources sources, BackOff backOff, Session session, Consumer<StreamPull> onStopped) {
    this.stream = stream;
    this.sources = sources;
    this.backOff = backOff;
    this.session = session;
    this.onStopped = onStopped;
    this.pauses = new Pauses(sources.ticker());
  }

  Stream stream() {
    return stream;
  }

  /** The id of the node that it has, or awaits, the stream from; null for none; from any thread. */
  @Nullable String from() {
    PullAttempt attempt = current;
    NodeInfo node = attempt == null ? null : attempt.from();
    return node == null ? null : node.id();
  }

  void start() {
    look = stream.loop().scheduleWithFixedDelay(this::moveIfBetter, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    connect();
  }

  /** The directory says that the owner is another one now, or that there is none. */
  void entryChanged(@Nullable StreamEntry entry) {
    if (stopped || entry == null) {
      return;
    }
    PullAttempt attempt = current;
    StreamEntry present = attempt == null ? null : attempt.entry();
    boolean sameOwner = present != null && present.owner().equals(entry.owner()) && present.epoch() == entry.epoch();
    if (attempt != null && (sameOwner || (present != null && present.beats(entry)))) {
      return;
    }
    backOff.reset();
    pauses.clear();
    disconnect();
    connect();
  }

  private void connect() {
    Future<?> waiting = retry;
    if (waiting != null) {
      waiting.cancel(false);
      retry = null;
    }
    PullTarget target = sources.resolve(stream.key());
    if (target == null) {
      failed("nobody is known to publish it");
      return;
    }
    PullAttempt attempt = new PullAttempt(this, stream, sources, session, target);
    current = attempt;
    attempt.connect();
  }

  /**
   * Turns to the node that is to be pulled from now, where that is another one, or to the link to the present one, where it
   * went without; what there is goes on until that serves.
   */
  void moveIfBetter() {
    PullAttempt present = current;
    if (stopped || present == null || next != null) {
      return;
    }
    PullTarget.Node better = better(present);
    if (better != null && !pauses.holds(better.from())) {
      PullAttempt attempt = new PullAttempt(this, stream, sources, session, better);
      next = attempt;
      attempt.connect();
    }
  }

  private PullTarget.@Nullable Node better(PullAttempt present) {
    NodeInfo from = present.from();
    if (from == null || !(sources.resolve(stream.key()) instanceof PullTarget.Node node)) {
      return null;
    }
    if (!node.from().id().equals(from.id())) {
      return node;
    }
    return present.standsIn() && sources.canLink(node.from()) ? node.byLink() : null;
  }

  // ---- what becomes of attempts ----

  @Override
  public void begun(PullAttempt attempt) {
    lastFailure = "";
    if (attempt == next) {
      pauses.clear();
      PullAttempt before = current;
      current = attempt;
      next = null;
      if (before != null) {
        before.stop();
      }
    }
  }

  @Override
  public void ended(PullAttempt attempt, ErrorCode code, String why) {
    if (attempt == next) {
      next = null;
      movedInVain(attempt, code);
      return;
    }
    suspect(attempt, code);
    if (attempt == current && !stopped) {
      current = null;
      if (attempt.ageMs() > GOOD_MS) {
        backOff.reset();
      }
      failed(why);
    }
  }

  private void suspect(PullAttempt attempt, ErrorCode code) {
    NodeInfo from = attempt.from();
    if (from != null && (code == ErrorCode.CONNECTION_LOST || code == ErrorCode.UPSTREAM_FAILED)) {
      sources.suspect(from);
    }
  }

  /** What there is goes on; and of a node that serves, only its link is in doubt. */
  private void movedInVain(PullAttempt attempt, ErrorCode code) {
    NodeInfo from = attempt.from();
    PullAttempt present = current;
    if (from != null) {
      pauses.add(from);
    }
    if (!attempt.onlyByLink()) {
      suspect(attempt, code);
    } else if (code == ErrorCode.NOT_SUPPORTED && present != null) {
      present.settle();
    } else if (from != null && (code == ErrorCode.CONNECTION_LOST || code == ErrorCode.UNAUTHORIZED)) {
      sources.unlinked(from);
    }
  }

  /** Somebody publishes it here, or the stream found us idle. */
  @Override
  public void unwanted(PullAttempt attempt, ErrorCode code, String why) {
    if (attempt == current && !stopped) {
      disconnect();
      if (code != ErrorCode.PUBLISH_REPLACED) {
        failed(why);
      }
    }
  }

  private void failed(String why) {
    if (!why.equals(lastFailure)) {
      lastFailure = why;
      LOG.atInfo()
          .addKeyValue("session", session.id())
          .addKeyValue("stream", stream.key())
          .addKeyValue("why", why)
          .log("pull waits for a source");
    }
    if (retry == null) {
      retry =
          stream
              .loop()
              .schedule(
                  () -> {
                    retry = null;
                    if (!stopped && current == null) {
                      connect();
                    }
                  },
                  backOff.next(),
                  TimeUnit.MILLISECONDS);
    }
  }

  private void disconnect() {
    PullAttempt moving = next;
    next = null;
    if (moving != null) {
      moving.stop();
    }
    PullAttempt present = current;
    current = null;
    if (present != null) {
      present.stop();
    }
  }

  @Override
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    for (Future<?> timer : new Future<?>[] {retry, look}) {
      if (timer != null) {
        timer.cancel(false);
      }
    }
    disconnect();
    onStopped.accept(this);
    LOG.atInfo().addKeyValue("session", session.id()).addKeyValue("stream", stream.key()).log("pull stopped");
  }
}
