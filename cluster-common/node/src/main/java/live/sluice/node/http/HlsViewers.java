package live.sluice.node.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;

/**
 * Who watches by HLS: nothing of a viewer stands in a URL, so one viewer is one address with one program that asked for a
 * stream's playlist in the last {@value #GONE_MS} ms. Behind a cache it sees the cache. Thread-safe.
 */
public final class HlsViewers {
  private static final long GONE_MS = 30_000;
  private static final int MAX_VIEWERS = 50_000;

  private final Sessions sessions;
  private final Ticker ticker;
  private final Map<Viewer, Watching> viewers = new ConcurrentHashMap<>();

  private record Viewer(String address, String agent, StreamKey key) {}

  private static final class Watching {
    private final Session session;
    private volatile long lastMs;

    private Watching(Session session, long nowMs) {
      this.session = session;
      this.lastMs = nowMs;
    }
  }

  /** Nobody yet. */
  public HlsViewers(Sessions sessions, Ticker ticker) {
    this.sessions = sessions;
    this.ticker = ticker;
  }

  /** Somebody asked for the playlist of a stream that is there. A viewer past the bound is served, and not counted. */
  void seen(String address, HttpHeaders headers, StreamKey key) {
    String agent = headers.get(HttpHeaderNames.USER_AGENT, "");
    Viewer viewer = new Viewer(address, agent.length() > 256 ? agent.substring(0, 256) : agent, key);
    Watching known = viewers.get(viewer);
    if (known != null) {
      known.lastMs = ticker.millis();
      return;
    }
    if (viewers.size() < MAX_VIEWERS) {
      viewers.computeIfAbsent(viewer, this::begin);
    }
  }

  private Watching begin(Viewer viewer) {
    Session session =
        sessions.openWithoutConnection(
            Session.Type.HLS_PLAY, viewer.address() + ":0", (code, why) -> end(viewer, code));
    session.become(Session.Type.HLS_PLAY, viewer.key());
    session.detail("agent", viewer.agent());
    return new Watching(session, ticker.millis());
  }

  /** Lets go of those that are gone; call it every few seconds. */
  public void sweep() {
    long now = ticker.millis();
    viewers.forEach(
        (viewer, watching) -> {
          if (now - watching.lastMs > GONE_MS) {
            end(viewer, ErrorCode.OK);
          }
        });
  }

  private void end(Viewer viewer, ErrorCode code) {
    Watching watching = viewers.remove(viewer);
    if (watching != null) {
      sessions.close(watching.session, code);
    }
  }
}
