package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import live.sluice.container.flv.FlvHeader;
import live.sluice.media.ErrorCode;
import live.sluice.media.ReaderSink;

/**
 * A player of FLV, over HTTP or WebSocket, as its reader sees it. The head of the answer waits for the first frame: only
 * then it is known that there is a stream.
 */
final class HttpPlayerSink implements ReaderSink {

  /** What differs between HTTP and WebSocket. */
  interface Transport {
    /** Switches the connection from requests to media, and writes the head of the answer without flushing. */
    void begin();

    /** Writes bytes that belong to no frame, as the transport wraps them. */
    void writeOpening(ByteBuf bytes);

    /** Ends the answer; {@code started} tells whether its head was written. */
    void end(boolean started, ErrorCode code, String why);
  }

  private final Channel channel;
  private final Transport transport;
  private boolean started;

  HttpPlayerSink(Channel channel, Transport transport) {
    this.channel = channel;
    this.transport = transport;
  }

  @Override
  public EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void write(ByteBuf bytes) {
    channel.write(bytes, channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void onStart(boolean hasAudio, boolean hasVideo) {
    started = true;
    transport.begin();
    transport.writeOpening(Unpooled.wrappedBuffer(FlvHeader.bytes(hasAudio, hasVideo)));
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    transport.end(started, code, why);
  }
}
