package live.sluice.cluster;

import java.util.concurrent.CompletableFuture;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's lease: it is renewed while there is a link to the directory, and as long as renewals get through the
 * directory counts as connected. Confined to the loop; what is for all threads says so.
 */
final class OwnLease {
  private static final Logger log = LoggerFactory.getLogger(OwnLease.class);

  /** Who wants to know that a renewal got through. */
  @FunctionalInterface
  interface Renewed {
    /** On the loop; {@code back} where the directory had not been connected until then. */
    void renewed(boolean back);
  }

  private final Parts parts;
  private final long leaseMs;
  private final Renewed onRenewed;
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private volatile int streams;
  private volatile int players;
  private volatile boolean connected;
  private boolean linkUp;
  private long renewals;
  private long renewedAt;

  OwnLease(Parts parts, long leaseMs, Renewed onRenewed) {
    this.parts = parts;
    this.leaseMs = leaseMs;
    this.onRenewed = onRenewed;
  }

  /** Ends with the first connection, or when the link can't be made for the first time. From any thread. */
  CompletableFuture<@Nullable Void> ready() {
    return ready;
  }

  /** From any thread. */
  boolean connected() {
    return connected;
  }

  /** Tells what this node carries; it is published with the next renewal. From any thread. */
  void setLoad(int nowStreams, int nowPlayers) {
    streams = nowStreams;
    players = nowPlayers;
  }

  /** This node and what it carries. From any thread. */
  NodeStatus status() {
    return new NodeStatus(parts.self(), streams, players);
  }

  /** The link could not be made for the first time. From any thread. */
  void failed(Throwable cause) {
    if (ready.completeExceptionally(cause)) {
      log.error("the cluster can't be joined, it is tried again: {}", SluiceException.chainOf(cause));
    }
  }

  boolean linkUp() {
    return linkUp;
  }

  void setLinkUp(boolean up) {
    linkUp = up;
  }

  void renew() {
    if (!linkUp) {
      return;
    }
    long sent = parts.loop().now();
    NodeRecord record =
        new NodeRecord(
            parts.self(), parts.link().member(), ++renewals, parts.clock().millis() + leaseMs, streams, players);
    parts
        .link()
        .renew(record)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null && linkUp && sent > renewedAt) {
                renewed(sent);
              }
            },
            parts.loop());
  }

  private void renewed(long sent) {
    renewedAt = sent;
    boolean back = !connected;
    if (back) {
      parts.leases().restart(parts.loop().now());
    }
    parts.leases().healthy(sent);
    checkConnected();
    onRenewed.renewed(back);
  }

  /** Looks at the time since the last renewal that got through. */
  void checkConnected() {
    boolean now = linkUp && renewedAt != 0 && parts.loop().now() - renewedAt < leaseMs;
    if (now == connected) {
      return;
    }
    connected = now;
    if (!now) {
      log.warn("directory lost: known streams play on, publishes are granted from the local view and settled later");
    } else if (ready.complete(null)) {
      log.info("directory joined");
    } else {
      log.info("directory back");
    }
    parts.fanout().tell(listener -> listener.nodesChanged());
  }
}
