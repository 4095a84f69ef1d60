package live.sluice.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.slf4j.LoggerFactory;

/** A cluster of directories on free ports of the loopback interface, each as another machine's would be. */
final class Region implements AutoCloseable {
  private static final AtomicLong INCARNATIONS = new AtomicLong(System.currentTimeMillis());

  static {
    // Hazelcast tells of every connection that is refused; killed members are what these tests are about.
    ((Logger) LoggerFactory.getLogger("com.hazelcast")).setLevel(Level.OFF);
  }

  final int[] ports;
  private final String name = "test-" + INCARNATIONS.incrementAndGet();
  private final boolean quorum;
  private final int origins;
  private final List<ClusterDirectory> started = new ArrayList<>();

  /** Whether a node that the directory lost sight of answers when it is asked. */
  volatile boolean reachable;

  Region(int origins) {
    this(origins, false);
  }

  Region(int origins, boolean quorum) {
    this.origins = origins;
    this.quorum = quorum;
    this.ports = freePorts(2 * origins);
  }

  static int[] freePorts(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] ports = open.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      for (ServerSocket socket : open) {
        socket.close();
      }
      Arrays.sort(ports);
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String memberAddress(int origin) {
    return "127.0.0.1:" + ports[2 * origin];
  }

  List<String> memberAddresses() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      all.add(memberAddress(i));
    }
    return all;
  }

  ClusterDirectory origin(int number) {
    return origin(number, memberAddresses());
  }

  /** An origin that knows only those members. */
  ClusterDirectory origin(int number, List<String> members) {
    ClusterSettings settings =
        ClusterSettings.of(name, "127.0.0.1", ports[2 * number], ports[2 * number + 1], members);
    return start(
        quorum ? settings.withQuorum(origins) : settings, node("origin-" + number, NodeInfo.Role.ORIGIN));
  }

  ClusterDirectory edge(int number) {
    List<String> clients = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      clients.add("127.0.0.1:" + ports[2 * i + 1]);
    }
    return start(
        ClusterSettings.of(name, "127.0.0.1", ports[0], ports[1], clients),
        node("edge-" + number, NodeInfo.Role.EDGE));
  }

  private ClusterDirectory start(ClusterSettings settings, NodeInfo self) {
    ClusterDirectory directory =
        ClusterDirectory.start(settings, self, InstantSource.system(), node -> reachable);
    started.add(directory);
    return directory;
  }

  /** Waits until so many members see each other and every entry has its backup: from then on one may be killed. */
  void awaitSafe(int members) {
    Await.until(
        members + " members are one cluster with backups",
        () ->
            Hazelcast.getAllHazelcastInstances().stream()
                .filter(each -> each.getConfig().getClusterName().equals(name))
                .allMatch(
                    each ->
                        each.getCluster().getMembers().size() == members
                            && each.getPartitionService().isClusterSafe()));
  }

  static NodeInfo node(String id, NodeInfo.Role role) {
    return new NodeInfo(id, INCARNATIONS.incrementAndGet(), role, "here", "127.0.0.1", 1, 2, 3);
  }

  static ClusterDirectory ready(ClusterDirectory directory) throws Exception {
    directory.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
    return directory;
  }

  static Claim claim(ClusterDirectory directory, StreamKey key) throws Exception {
    return directory.claim(key, false).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static StreamEntry granted(ClusterDirectory directory, StreamKey key) throws Exception {
    Claim claim = claim(directory, key);
    if (claim instanceof Claim.Granted granted) {
      return granted.entry();
    }
    throw new AssertionError("the claim should have been granted: " + claim);
  }

  /** Claims until it is granted: the end of the owner may not be known yet. */
  static StreamEntry grantedAtLast(ClusterDirectory directory, StreamKey key) {
    StreamEntry[] entry = new StreamEntry[1];
    Await.until(
        key + " is granted",
        () -> {
          try {
            if (claim(directory, key) instanceof Claim.Granted granted) {
              entry[0] = granted.entry();
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return entry[0] != null;
        });
    return entry[0];
  }

  /** Ends all as killed processes would: a farewell to members that are gone takes its time. */
  @Override
  public void close() {
    started.parallelStream().forEach(ClusterDirectory::terminate);
  }
}
