package live.sluice.media;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions of a node, bounded in all and per address. Thread-safe. */
public final class Sessions {

  /** Told of sessions coming and going, on whatever thread they do; must not block. */
  public interface Listener {
    /** A session is in the list. */
    default void opened(Session session) {}

    /** A session has left the list; its counters stand still soon after. */
    default void closed(Session session, ErrorCode code) {}
  }

  private final int maxSessions;
  private final int maxPerAddress;
  private final Ticker ticker;
  private final Map<String, Session> byId = new ConcurrentHashMap<>();
  private final Set<String> withoutConnection = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<ErrorCode, AtomicLong> ended = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** An empty list with its bounds. */
  public Sessions(int maxSessions, int maxPerAddress, Ticker ticker) {
    this.maxSessions = maxSessions;
    this.maxPerAddress = maxPerAddress;
    this.ticker = ticker;
  }

  /**
   * Begins a session.
   *
   * @param remote address and port of the client, as {@code 192.0.2.1:1234}
   * @param closer ends the connection; called from any thread
   * @throws SluiceException {@link ErrorCode#TOO_MANY_CONNECTIONS}
   */
  public Session open(Session.Type type, String remote, BiConsumer<ErrorCode, String> closer) {
    Session session = new Session(type, remote, ticker, closer);
    if (count.incrementAndGet() > maxSessions) {
      count.decrementAndGet();
      countEnd(ErrorCode.TOO_MANY_CONNECTIONS);
      throw new SluiceException(
          ErrorCode.TOO_MANY_CONNECTIONS, "connection refused: the node has its " + maxSessions + " sessions");
    }
    int ofAddress = perAddress.merge(session.remoteAddress(), 1, Integer::sum);
    if (ofAddress > maxPerAddress) {
      forget(session);
      countEnd(ErrorCode.TOO_MANY_CONNECTIONS);
      throw new SluiceException(
          ErrorCode.TOO_MANY_CONNECTIONS,
          "connection refused: " + session.remoteAddress() + " has its " + maxPerAddress + " sessions");
    }
    return begin(session);
  }

  /**
   * Begins a session that holds no connection, such as a viewer of HLS: it takes no place of those that do, and its
   * number is the caller's to bound.
   */
  public Session openWithoutConnection(Session.Type type, String remote, BiConsumer<ErrorCode, String> closer) {
    Session session = new Session(type, remote, ticker, closer);
    withoutConnection.add(session.id());
    return begin(session);
  }

  private Session begin(Session session) {
    byId.put(session.id(), session);
    for (Listener listener : listeners) {
      listener.opened(session);
    }
    return session;
  }

  /** Ends a session in the list, with how it ended; more calls do nothing. */
  public void close(Session session, ErrorCode code) {
    if (byId.remove(session.id(), session)) {
      if (!withoutConnection.remove(session.id())) {
        forget(session);
      }
      countEnd(code);
      for (Listener listener : listeners) {
        listener.closed(session, code);
      }
    }
  }

  /** Adds a listener for the life of the list. */
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /** The session of that id, null when there is none. */
  public @Nullable Session find(String id) {
    return byId.get(id);
  }

  /** All sessions, unordered; a live view. */
  public Collection<Session> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Number of sessions. */
  public int size() {
    return byId.size();
  }

  /** How many sessions ended with that code. */
  public long ended(ErrorCode code) {
    AtomicLong number = ended.get(code);
    return number == null ? 0 : number.get();
  }

  private void countEnd(ErrorCode code) {
    ended.computeIfAbsent(code, c -> new AtomicLong()).incrementAndGet();
  }

  private void forget(Session session) {
    count.decrementAndGet();
    perAddress.computeIfPresent(session.remoteAddress(), (address, n) -> n <= 1 ? null : n - 1);
  }
}
