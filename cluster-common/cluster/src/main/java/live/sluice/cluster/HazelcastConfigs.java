package live.sluice.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ConnectionRetryConfig;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;

/**
 * How Hazelcast is set up. The times were found by experiment: with its defaults a network cut is seen after a minute
 * and healed after five; with these after 5 s, and 2 to 6 s.
 */
final class HazelcastConfigs {
  static final String STREAMS = "sluice-streams";

  /** Leases of origins: all listen to them. */
  static final String ORIGINS = "sluice-origins";

  /** Leases of edges: read now and then, for if all listened the traffic would grow with their number's square. */
  static final String EDGES = "sluice-edges";

  /** What gateways heard of other regions. */
  static final String ANNOUNCED = "sluice-announced";

  private static final String QUORUM = "sluice-majority";

  /** How lately a member must have been heard of to count for the quorum, in ms. */
  private static final int QUORUM_TOLERANCE = 2_500;

  /** In seconds. Without it one origin that does not answer keeps another from starting for minutes. */
  private static final int CONNECT_TIMEOUT = 2;

  private HazelcastConfigs() {}

  /** An origin: a data member that listens at two ports, one for origins and one for edges. */
  static Config member(ClusterSettings settings, NodeInfo self) {
    Config config = new Config();
    config.setClusterName(settings.clusterName());
    config.setClassLoader(HazelcastConfigs.class.getClassLoader());
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    Serializers.addTo(config.getSerializationConfig());
    memberProperties(config, settings);
    network(config.getAdvancedNetworkConfig().setEnabled(true), settings, self);
    config.addMapConfig(map(ORIGINS, NodeMerge.class));
    config.addMapConfig(map(EDGES, NodeMerge.class));
    config.addMapConfig(map(ANNOUNCED, AnnouncementMerge.class));
    MapConfig streams = map(STREAMS, StreamMerge.class);
    if (settings.quorum()) {
      SplitBrainProtectionConfig quorum =
          SplitBrainProtectionConfig.newRecentlyActiveSplitBrainProtectionConfigBuilder(
                  QUORUM, settings.majority(), QUORUM_TOLERANCE)
              .build();
      quorum.setEnabled(true).setProtectOn(SplitBrainProtectionOn.WRITE);
      config.addSplitBrainProtectionConfig(quorum);
      streams.setSplitBrainProtectionName(QUORUM);
    }
    config.addMapConfig(streams);
    return config;
  }

  private static void memberProperties(Config config, ClusterSettings settings) {
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.health.monitoring.level", "OFF")
        .setProperty("hazelcast.socket.bind.any", Boolean.toString(settings.wildcard()))
        .setProperty("hazelcast.socket.server.bind.any", Boolean.toString(settings.wildcard()))
        .setProperty("hazelcast.socket.connect.timeout.seconds", Integer.toString(CONNECT_TIMEOUT))
        .setProperty("hazelcast.partition.count", "71")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
        .setProperty("hazelcast.operation.call.timeout.millis", "10000")
        .setProperty("hazelcast.operation.backup.timeout.millis", "1000")
        .setProperty("hazelcast.graceful.shutdown.max.wait", "3")
        .setProperty("hazelcast.event.thread.count", "1")
        .setProperty("hazelcast.io.thread.count", "1");
    if (!settings.wildcard()) {
      // Not by the endpoints' interfaces: those are also held against the members' names, and leave every other node out
      // that is listed by name.
      config.setProperty("hazelcast.local.localAddress", address(settings.bindHost()));
    }
    if (settings.quorum()) {
      config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
    }
  }

  private static void network(AdvancedNetworkConfig network, ClusterSettings settings, NodeInfo self) {
    network.setMemberEndpointConfig(endpoint(settings, self, settings.memberPort()));
    network.setClientEndpointConfig(endpoint(settings, self, settings.clientPort()));
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (settings.kubernetesService().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(CONNECT_TIMEOUT).setMembers(settings.members());
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", settings.kubernetesService())
          .setProperty("service-port", Integer.toString(settings.memberPort()));
    }
  }

  private static ServerSocketEndpointConfig endpoint(ClusterSettings settings, NodeInfo self, int port) {
    ServerSocketEndpointConfig endpoint =
        new ServerSocketEndpointConfig()
            .setPort(port)
            .setPortAutoIncrement(false)
            .setReuseAddress(true)
            .setSocketConnectTimeoutSeconds(CONNECT_TIMEOUT);
    if (settings.wildcard()) {
      endpoint.setPublicAddress(self.host() + ":" + port);
    }
    return endpoint;
  }

  /** Hazelcast wants an address here, and silently leaves out a name. */
  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID, "cluster.bindHost: the name '" + host + "' can't be resolved", e);
    }
  }

  private static MapConfig map(String name, Class<?> merge) {
    return new MapConfig(name)
        .setBackupCount(1)
        .setStatisticsEnabled(false)
        .setMergePolicyConfig(new MergePolicyConfig(merge.getName(), 100));
  }

  /** An edge: a client that is there at once, and connects in the background for as long as it takes. */
  static ClientConfig client(ClusterSettings settings) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(settings.clusterName());
    config.setClassLoader(HazelcastConfigs.class.getClassLoader());
    config.getMetricsConfig().setEnabled(false);
    Serializers.addTo(config.getSerializationConfig());
    config.setBackupAckToClientEnabled(false);
    config.getNetworkConfig().setRedoOperation(true).setConnectionTimeout(CONNECT_TIMEOUT * 1_000);
    config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
    if (settings.kubernetesService().isEmpty()) {
      List<String> members = new ArrayList<>(settings.members());
      config.getNetworkConfig().setAddresses(members);
    } else {
      config
          .getNetworkConfig()
          .getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", settings.kubernetesService())
          .setProperty("service-port", Integer.toString(settings.clientPort()));
    }
    config
        .getConnectionStrategyConfig()
        .setAsyncStart(true)
        .setReconnectMode(ReconnectMode.ASYNC)
        .setConnectionRetryConfig(
            new ConnectionRetryConfig()
                .setInitialBackoffMillis(200)
                .setMaxBackoffMillis(2_000)
                .setMultiplier(1.5)
                .setJitter(0.3)
                .setClusterConnectTimeoutMillis(-1));
    return config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.client.statistics.enabled", "false")
        .setProperty("hazelcast.client.heartbeat.interval", "1000")
        .setProperty("hazelcast.client.heartbeat.timeout", "5000")
        .setProperty("hazelcast.client.invocation.timeout.seconds", "5")
        .setProperty("hazelcast.client.event.thread.count", "1")
        .setProperty("hazelcast.client.io.input.thread.count", "1")
        .setProperty("hazelcast.client.io.output.thread.count", "1");
  }
}
