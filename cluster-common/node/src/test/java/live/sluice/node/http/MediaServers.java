package live.sluice.node.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import live.sluice.container.hls.HlsPackagers;
import live.sluice.container.hls.HlsSettings;
import live.sluice.media.LatencyProfile;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.AuthSection;
import live.sluice.node.web.WebFiles;
import live.sluice.pull.HlsFetcher;
import live.sluice.pull.NodeCredential;
import live.sluice.pull.PullSettings;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/** The media server of the node that a fake directory speaks for, with what it needs, and short patience. */
final class MediaServers implements AutoCloseable {
  static final PullSettings PULL =
      new PullSettings(
          Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(50), List.of());

  private static final HlsSettings HLS =
      new HlsSettings(
          Duration.ofSeconds(1), Duration.ofSeconds(2), 3, 2, 16 << 20, Duration.ofSeconds(5), 4, 64 << 20);

  private final HlsPackagers packagers = new HlsPackagers(HLS, Ticker.SYSTEM);
  private final HlsFetcher fetcher;
  private final MediaHttpServer server;

  MediaServers(
      Sessions sessions,
      StreamRegistry registry,
      @Nullable RtpStreams packets,
      FakeDirectory directory,
      NodeCredential credential,
      Supplier<AuthSection> auth) {
    registry.addListener(packagers);
    fetcher = new HlsFetcher(FakeDirectory.SELF, credential, PULL, 1 << 20, Ticker.SYSTEM);
    server =
        new MediaHttpServer(
            FakeDirectory.SELF,
            new HttpServerSettings(
                512,
                2048,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                "*",
                vhost -> LatencyProfile.REALTIME,
                name -> StreamKey.DEFAULT_VHOST,
                new Tokens(auth)),
            sessions,
            registry,
            packets,
            directory,
            credential,
            new HlsService(
                FakeDirectory.SELF, packagers, directory, Duration.ofMinutes(1), fetcher, "*", Ticker.SYSTEM),
            new HlsViewers(sessions, Ticker.SYSTEM),
            WebFiles.load(),
            new StreamsJson(FakeDirectory.SELF, 1990, true, registry, directory, Ticker.SYSTEM),
            Ticker.SYSTEM);
  }

  MediaHttpServer server() {
    return server;
  }

  @Override
  public void close() {
    packagers.close();
    fetcher.close();
  }
}
