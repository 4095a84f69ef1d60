package live.sluice.node.http;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.pull.NodeCredential;
import org.jspecify.annotations.Nullable;

/**
 * Tells nodes from players, and lets a node have only what is published here: it goes to the owner itself for the rest, so
 * that stale views can't chain or loop. Thread-safe.
 */
final class NodeGate {
  private final NodeInfo self;
  private final NodeCredential credential;
  private final StreamRegistry registry;
  private final StreamDirectory directory;

  NodeGate(NodeInfo self, NodeCredential credential, StreamRegistry registry, StreamDirectory directory) {
    this.self = self;
    this.credential = credential;
    this.registry = registry;
    this.directory = directory;
  }

  /**
   * The node that asks; null where it is a player.
   *
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED}; {@link ErrorCode#NOT_OWNER} where the request has come
   *     through this node before
   */
  @Nullable String nodeOf(HttpRequest request) {
    String header = request.headers().get(NodeCredential.HEADER);
    if (header == null) {
      return null;
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    String node = credential.verify(header, path);
    if (node == null) {
      throw new SluiceException(
          ErrorCode.UNAUTHORIZED, "the node's credential for " + path + " is wrong: compare cluster.secret and clocks");
    }
    String way = request.headers().get(NodeCredential.PATH_HEADER, "");
    if (Arrays.asList(way.split(",", -1)).contains(self.id())) {
      throw new SluiceException(ErrorCode.NOT_OWNER, "the pull of " + path + " goes round in a circle: " + way);
    }
    return node;
  }

  /**
   * Refuses a node what is published elsewhere in this region, or nowhere.
   *
   * @throws SluiceException {@link ErrorCode#NOT_OWNER}, naming the owner as far as it is known
   */
  void refuseUnlessOwner(StreamKey key) {
    Stream stream = registry.find(key);
    Publication source = stream == null ? null : stream.source();
    if (source == null || !source.isLocal()) {
      StreamEntry entry = directory.lookup(key);
      // Of another region's stream each node is a hub that another node takes for one.
      if (entry == null || entry.owner().region().equals(self.region())) {
        throw notOwner(key, entry);
      }
    }
  }

  static SluiceException notOwner(StreamKey key, @Nullable StreamEntry entry) {
    String owner = entry == null ? "not known" : entry.owner().id();
    return new SluiceException(ErrorCode.NOT_OWNER, key + " is not published here; its owner is " + owner);
  }
}
