package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtmp.PublishGate;
import live.sluice.rtmp.PublishRequest;
import live.sluice.rtmp.PublishTarget;
import live.sluice.rtmp.RtmpClient;
import live.sluice.rtmp.RtmpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an edge does with a publish: passes it on to an origin, by RTMP. The stream's owner comes first, where there is one
 * (it refuses, and the publisher is told so); else the
 * origin that the placement names, and then the others. An origin that can't be reached is passed over.
 */
public final class PublishRelay implements PublishGate {
  private static final Logger LOG = LoggerFactory.getLogger(PublishRelay.class);

  private final StreamDirectory directory;
  private final Function<StreamKey, @Nullable NodeInfo> placement;
  private final RtmpClient client;

  /**
   * Ready to pass on.
   *
   * @param placement the origin that a new stream of that name had best go to; null where that can't be told
   */
  public PublishRelay(
      StreamDirectory directory,
      Function<StreamKey, @Nullable NodeInfo> placement,
      ChannelFactory<? extends Channel> channels,
      PullSettings settings) {
    this.directory = directory;
    this.placement = placement;
    this.client = RtmpSource.client(channels, settings);
  }

  @Override
  public CompletionStage<? extends PublishTarget> open(PublishRequest request, PublishTarget.Owner owner) {
    CompletableFuture<PublishTarget> answer = new CompletableFuture<>();
    List<NodeInfo> origins = origins(request.key());
    if (origins.isEmpty()) {
      answer.completeExceptionally(
          new SluiceException(
              ErrorCode.CLUSTER_UNAVAILABLE,
              "can't publish " + request.key() + ": this edge knows no live origin; try again in some seconds"));
    } else {
      tryNext(request, owner, origins, 0, answer);
    }
    return answer;
  }

  private void tryNext(
      PublishRequest request,
      PublishTarget.Owner owner,
      List<NodeInfo> origins,
      int at,
      CompletableFuture<PublishTarget> answer) {
    NodeInfo origin = origins.get(at);
    client
        .publish(url(origin, request), request.loop(), null, owner)
        .whenComplete(
            (target, failure) -> {
              if (failure == null) {
                LOG.atInfo()
                    .addKeyValue("session", request.session().id())
                    .addKeyValue("type", Session.Type.FORWARD.label())
                    .addKeyValue("stream", request.key())
                    .addKeyValue("to", origin.id())
                    .log("publish is passed on");
                answer.complete(target);
              } else if (isUnreachable(failure) && at + 1 < origins.size()) {
                tryNext(request, owner, origins, at + 1, answer);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  private static boolean isUnreachable(@Nullable Throwable failure) {
    return switch (SluiceException.codeOf(failure)) {
      case UPSTREAM_FAILED, CONNECTION_LOST, DRAINING, HANDSHAKE_TIMEOUT -> true;
      default -> false;
    };
  }

  private static RtmpUrl url(NodeInfo origin, PublishRequest request) {
    StreamKey key = request.key();
    String param = request.param();
    if (!key.vhost().equals(StreamKey.DEFAULT_VHOST)) {
      param = "vhost=" + key.vhost() + (param.isEmpty() ? "" : '&' + param);
    }
    String stream = param.isEmpty() ? key.name() : key.name() + '?' + param;
    return new RtmpUrl(false, origin.host(), origin.rtmpPort(), key.app(), stream);
  }

  private List<NodeInfo> origins(StreamKey key) {
    List<NodeInfo> origins = new ArrayList<>();
    for (NodeInfo node : directory.nodes()) {
      if (node.role() == NodeInfo.Role.ORIGIN) {
        origins.add(node);
      }
    }
    StreamEntry entry = directory.lookup(key);
    NodeInfo place = placement.apply(key);
    String owner = entry == null ? "" : entry.owner().id();
    String preferred = place == null ? "" : place.id();
    origins.sort(
        Comparator.comparing((NodeInfo node) -> !node.id().equals(owner))
            .thenComparing(node -> !node.id().equals(preferred))
            .thenComparing(NodeInfo::id));
    return origins;
  }
}
