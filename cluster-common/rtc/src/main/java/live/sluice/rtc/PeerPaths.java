package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtc.ice.IceResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one peer is reached: the checks that it sends, the path that it chose by them, its TCP connections, and the names
 * that it had before restarts of ICE. On the peer's loop.
 */
final class PeerPaths {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPaths.class);

  private final Peer peer;
  private final RtcServer server;
  private final IceLiteAgent ice;
  private final PeerConnections connections = new PeerConnections();
  private final List<String> formerNames = new ArrayList<>();
  private @Nullable PeerPath path;

  PeerPaths(Peer peer, RtcServer server, IceLiteAgent ice) {
    this.peer = peer;
    this.server = server;
    this.ice = ice;
  }

  /** Where packets go to; null as long as the peer proved no address, and after the end. */
  @Nullable PeerPath path() {
    return path;
  }

  /**
   * Answers a check.
   *
   * @param back the connection that it came by; null for UDP
   * @return whether the peer can be reached now and could not before
   */
  boolean check(ByteBuf bytes, InetSocketAddress from, @Nullable PeerPath back, long now) {
    boolean first = !ice.connected();
    IceResult result = ice.handle(bytes, from, back != null, now, peer.allocator());
    IcePath proved = result.path();
    if (proved != null && back != null) {
      connections.proved(back, path);
    } else if (proved != null && result.newPath()) {
      server.peers().address(from, peer);
    }
    IcePath forgotten = result.forgotten();
    if (forgotten != null && forgotten.tcp()) {
      connections.forgotten(forgotten);
    } else if (forgotten != null) {
      server.peers().forgetAddress(forgotten.remote(), peer);
    }
    ByteBuf reply = result.reply();
    if (reply != null) {
      PeerPath to = back != null ? back : server.pathTo(peer.loop(), from);
      to.send(reply);
    }
    if (proved != null && result.selected()) {
      select(back != null ? back : server.pathTo(peer.loop(), from));
    }
    if (result.retired() != null) {
      server.restarted(peer);
    }
    return first && ice.connected();
  }

  private void select(PeerPath chosen) {
    boolean moved = path != null;
    path = chosen;
    peer.session().detail("path", chosen.path().toString());
    if (moved) {
      LOG.atInfo()
          .addKeyValue("session", peer.session().id())
          .addKeyValue("path", chosen.path())
          .log("the peer's address changed");
    }
  }

  /** A connection of it was closed. */
  void closed(PeerPath gone) {
    if (connections.gone(gone)) {
      ice.forget(gone.path()); // so that the next check, by whatever way, is taken for the one
    }
    if (path == gone) {
      path = null;
    }
  }

  /** Restarts ICE with new credentials. The old ones are good until the peer uses the new ones. */
  void restart(IceCredentials credentials) {
    String replaced = ice.local().ufrag();
    IceCredentials unused = ice.restart(credentials);
    if (unused == null) {
      formerNames.add(replaced);
    } else {
      server.peers().forgetName(unused.ufrag(), peer); // else a client could make as many names as it likes
    }
  }

  /** Names that it had before restarts which it has not followed yet. */
  List<String> formerNames() {
    return formerNames;
  }

  /** It is sent nothing more. */
  void silence() {
    path = null;
  }

  /** It is sent nothing more, and its connections end. */
  void close() {
    path = null;
    connections.closeAll();
  }
}
