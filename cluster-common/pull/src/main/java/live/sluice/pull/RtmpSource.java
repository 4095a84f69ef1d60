package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.rtmp.RtmpClient;
import live.sluice.rtmp.RtmpClientSettings;
import live.sluice.rtmp.RtmpPlay;
import live.sluice.rtmp.RtmpUrl;

/** Plays streams of foreign RTMP servers. */
final class RtmpSource {
  private static final int WRITE_HIGH_BYTES = 8 << 20;

  private final RtmpClient client;

  RtmpSource(ChannelFactory<? extends Channel> channels, PullSettings settings) {
    client = client(channels, settings);
  }

  /** A client with the patience of pulls. */
  static RtmpClient client(ChannelFactory<? extends Channel> channels, PullSettings settings) {
    RtmpClientSettings patience =
        new RtmpClientSettings(
            settings.connectTimeout(),
            settings.idleTimeout(),
            FlvTagReader.DEFAULT_MAX_BODY,
            WRITE_HIGH_BYTES,
            false);
    return new RtmpClient(patience, channels, null);
  }

  SourceConnection open(Stream stream, String url, Session session, SourceConnection.Events events) {
    RtmpPlay play =
        client.play(
            RtmpUrl.parse(url),
            stream.loop(),
            session,
            new RtmpPlay.Listener() {
              @Override
              public void started() {
                events.started();
              }

              @Override
              public void frame(Frame frame) {
                events.frame(frame);
              }

              @Override
              public void ended(ErrorCode code, String why) {
                events.ended(code, why);
              }
            });
    return play::close;
  }
}
