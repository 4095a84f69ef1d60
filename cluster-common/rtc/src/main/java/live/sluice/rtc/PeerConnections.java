package live.sluice.rtc;

import java.util.ArrayList;
import java.util.List;
import live.sluice.rtc.ice.IcePath;
import org.jspecify.annotations.Nullable;

/** The TCP connections by which a peer has come: a few, which end with it at the latest. On the peer's loop. */
final class PeerConnections {
  /** A browser has one for each address of the node that it tries, and of each of its own networks. */
  static final int MOST = 4;

  private final List<PeerPath> open = new ArrayList<>(1);

  /**
   * A valid check came by that one. Where it is one too many, the oldest is closed.
   *
   * @param inUse what the peer is sent by, which is kept
   */
  void proved(PeerPath connection, @Nullable PeerPath inUse) {
    if (open.contains(connection)) {
      return;
    }
    connection.proved();
    open.add(connection);
    if (open.size() > MOST) {
      close(open.getFirst() == inUse ? open.get(1) : open.getFirst());
    }
  }

  /** The peer is not to be reached by it any more: something else has replaced it. */
  void forgotten(IcePath path) {
    for (PeerPath connection : open) {
      if (connection.path().equals(path)) {
        close(connection);
        return;
      }
    }
  }

  private void close(PeerPath connection) {
    open.remove(connection);
    connection.close();
  }

  /** It was closed; tells whether it was one of the peer's. */
  boolean gone(PeerPath connection) {
    return open.remove(connection);
  }

  void closeAll() {
    List<PeerPath> all = List.copyOf(open);
    open.clear();
    all.forEach(PeerPath::close);
  }
}
