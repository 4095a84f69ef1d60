package live.sluice.node.metrics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what sessions count: per session, stream, kind of session and node. Sums never go down while what they are
 * about is there, and what a session counted is still in them when it is gone. Thread-safe.
 */
public final class Traffic {
  /** How often {@link #sample} is to be called, in ms. */
  public static final long SAMPLE_MS = 5_000;

  /** Told once for each player that got its first frame. */
  @FunctionalInterface
  public interface FirstFrames {
    /** A player of that kind waited that long, in ns. */
    void firstFrame(Session.Type type, long nanos);
  }

  private record StreamAndType(StreamKey key, Session.Type type) {}

  private static final class Followed {
    final Meter meter;
    boolean firstFrameTold;

    Followed(Meter meter) {
      this.meter = meter;
    }
  }

  private final Sessions sessions;
  private final Ticker ticker;
  private final FirstFrames firstFrames;
  private final Queue<Session> gone = new ConcurrentLinkedQueue<>();
  private final Set<Session> unlisted = ConcurrentHashMap.newKeySet();
  private final Map<Session, Followed> bySession = new HashMap<>();
  private final Map<StreamAndType, Meter> byStream = new HashMap<>();
  private final Map<Session.Type, Meter> byType = new EnumMap<>(Session.Type.class);

  /** Begins to follow the sessions. */
  public Traffic(Sessions sessions, Ticker ticker, FirstFrames firstFrames) {
    this.sessions = sessions;
    this.ticker = ticker;
    this.firstFrames = firstFrames;
    for (Session.Type type : Session.Type.values()) {
      byType.put(type, new Meter(ticker.millis()));
    }
    sessions.addListener(
        new Sessions.Listener() {
          @Override
          public void closed(Session session, ErrorCode code) {
            gone.add(session);
          }
        });
  }

  /** Follows a session that is in no list: a pull. Until {@link #unfollow}. */
  void follow(Session pull) {
    unlisted.add(pull);
  }

  /** The pull ended. */
  void unfollow(Session pull) {
    if (unlisted.remove(pull)) {
      gone.add(pull);
    }
  }

  /**
   * Takes a sample for the rates; every {@value #SAMPLE_MS} ms.
   *
   * @param alive whether a stream is still there; what is known of the others is forgotten
   */
  public synchronized void sample(Predicate<StreamKey> alive) {
    refresh();
    long now = ticker.millis();
    bySession.values().forEach(followed -> followed.meter.sample(now));
    byType.values().forEach(meter -> meter.sample(now));
    byStream.values().forEach(meter -> meter.sample(now));
    Set<StreamKey> played = new HashSet<>();
    bySession.keySet().forEach(session -> addStream(session, played));
    byStream.keySet().removeIf(entry -> !played.contains(entry.key()) && !alive.test(entry.key()));
  }

  private static void addStream(Session session, Set<StreamKey> to) {
    StreamKey key = session.stream();
    if (key != null) {
      to.add(key);
    }
  }

  /** Brings the sums up to now. */
  public synchronized void refresh() {
    for (Session session : sessions.all()) {
      collect(session);
    }
    for (Session session : unlisted) {
      collect(session);
    }
    for (Session session = gone.poll(); session != null; session = gone.poll()) {
      collect(session);
      bySession.remove(session);
    }
  }

  private void collect(Session session) {
    long now = ticker.millis();
    Followed followed = bySession.computeIfAbsent(session, s -> new Followed(new Meter(now)));
    Totals delta =
        followed.meter.advanceTo(
            session.sentBytes(),
            session.receivedBytes(),
            session.frames(),
            session.droppedFrames(),
            session.skips());
    Session.Type type = session.type();
    meterOf(type).add(delta);
    StreamKey key = session.stream();
    if (key != null) {
      byStream.computeIfAbsent(new StreamAndType(key, type), s -> new Meter(now)).add(delta);
    }
    long first = session.firstFrameNanos();
    if (first >= 0 && !followed.firstFrameTold) {
      followed.firstFrameTold = true;
      firstFrames.firstFrame(type, first);
    }
  }

  @SuppressWarnings("NullAway") // every type is put in by the constructor
  private Meter meterOf(Session.Type type) {
    return byType.get(type);
  }

  /** Of one session, as of the last refresh. */
  public synchronized Totals of(Session session) {
    Followed followed = bySession.get(session);
    return followed == null ? Totals.ZERO : followed.meter.totals(ticker.millis());
  }

  /** Of all sessions of a stream, as of the last refresh. */
  public synchronized Totals of(StreamKey key) {
    Totals sum = Totals.ZERO;
    for (Session.Type type : Session.Type.values()) {
      Totals part = of(key, type);
      sum = part == null ? sum : sum.plus(part);
    }
    return sum;
  }

  /** Of all sessions of one kind of a stream, as of the last refresh; null where there never was one. */
  public synchronized @Nullable Totals of(StreamKey key, Session.Type type) {
    Meter meter = byStream.get(new StreamAndType(key, type));
    return meter == null ? null : meter.totals(ticker.millis());
  }

  /** Of all sessions of one kind, as of the last refresh. */
  public synchronized Totals of(Session.Type type) {
    return meterOf(type).totals(ticker.millis());
  }

  /** Of the node, as of the last refresh. */
  public synchronized Totals node() {
    Totals sum = Totals.ZERO;
    for (Session.Type type : Session.Type.values()) {
      sum = sum.plus(of(type));
    }
    return sum;
  }
}
