package live.sluice.pull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Stream;

/** Plays a stream of a foreign RTMP server. */
final class RtmpSource {
  RtmpSource(ChannelFactory<? extends Channel> channels, PullSettings settings) {}

  SourceConnection open(Stream stream, String url, Session session, SourceConnection.Events events) {
    stream.loop().execute(() -> events.ended(ErrorCode.NOT_SUPPORTED, url + ": RTMP is not pulled yet"));
    return () -> {};
  }
}
