package live.sluice.rtc;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.rtc.ice.IcePath;
import org.jspecify.annotations.Nullable;

/** The peers of a node, as their datagrams name them: by ufrag before their address is proved, by address after. Thread-safe. */
final class PeerTable {
  private final Map<String, Peer> byId = new ConcurrentHashMap<>();
  private final Map<String, Peer> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Peer> byAddress = new ConcurrentHashMap<>();

  void add(Peer peer) {
    byId.put(peer.id(), peer);
  }

  void name(String ufrag, Peer peer) {
    byUfrag.put(ufrag, peer);
  }

  void forgetName(String ufrag, Peer peer) {
    byUfrag.remove(ufrag, peer);
  }

  void address(InetSocketAddress address, Peer peer) {
    byAddress.put(address, peer);
  }

  void forgetAddress(InetSocketAddress address, Peer peer) {
    byAddress.remove(address, peer);
  }

  /** The peer has followed a restart: only its present name leads to it. */
  void restarted(Peer peer) {
    for (String ufrag : peer.formerNames()) {
      byUfrag.remove(ufrag, peer);
    }
    peer.formerNames().clear();
  }

  /** Nothing leads to the peer any more. */
  void remove(Peer peer) {
    byId.remove(peer.id(), peer);
    restarted(peer);
    byUfrag.remove(peer.ice().local().ufrag(), peer);
    for (IcePath path : peer.ice().paths()) {
      if (!path.tcp()) {
        forgetAddress(path.remote(), peer);
      }
    }
  }

  @Nullable Peer byId(String id) {
    return byId.get(id);
  }

  @Nullable Peer byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  @Nullable Peer byAddress(InetSocketAddress address) {
    return byAddress.get(address);
  }

  int size() {
    return byId.size();
  }

  Collection<Peer> all() {
    return Collections.unmodifiableCollection(byId.values());
  }
}
