package live.sluice.rtmp;

import io.netty.channel.EventLoop;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;

/**
 * A client's wish to publish.
 *
 * @param key the stream
 * @param param parameters of the URL, as {@code a=b&c=d}; may hold credentials
 * @param tcUrl URL of the application as the client said it
 * @param session the client's session
 * @param loop loop of the client's connection
 */
public record PublishRequest(StreamKey key, String param, String tcUrl, Session session, EventLoop loop) {}
