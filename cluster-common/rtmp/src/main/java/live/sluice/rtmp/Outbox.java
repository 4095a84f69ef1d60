package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.util.function.LongConsumer;
import live.sluice.container.amf.AmfNull;
import live.sluice.rtmp.chunk.ChunkReader;
import live.sluice.rtmp.chunk.ControlMessages;
import live.sluice.rtmp.chunk.UserControl;
import live.sluice.rtmp.command.Command;
import live.sluice.rtmp.command.Status;

/** What a connection writes but for frames. On the channel's loop; nothing is sent before {@link #flush}. */
final class Outbox {
  private final Channel channel;
  private final LongConsumer sent;
  private int chunkSize = ChunkReader.DEFAULT_CHUNK_SIZE;

  /** An outbox that tells the bytes of each message to {@code sent}. */
  Outbox(Channel channel, LongConsumer sent) {
    this.channel = channel;
    this.sent = sent;
  }

  ByteBufAllocator alloc() {
    return channel.alloc();
  }

  void write(ByteBuf bytes) {
    sent.accept(bytes.readableBytes());
    channel.write(bytes);
  }

  void flush() {
    channel.flush();
  }

  /** From now on chunks are of the size that all players share. */
  void setChunkSize() {
    write(ControlMessages.setChunkSize(alloc(), RtmpForm.chunkSize()));
    chunkSize = RtmpForm.chunkSize();
  }

  void command(int streamId, Object... values) {
    write(Command.write(alloc(), chunkSize, streamId, values));
  }

  void data(int streamId, Object... values) {
    write(Command.writeData(alloc(), chunkSize, streamId, values));
  }

  void status(int streamId, Status status) {
    command(streamId, "onStatus", 0, AmfNull.NULL, status.toAmf());
  }

  /** Answers a command with one value after the null of its command object. */
  void result(double transaction, Object value) {
    command(0, "_result", transaction, AmfNull.NULL, value);
  }

  /** Asks for an answer, which holds the same stamp. */
  void ping(int stamp) {
    write(ControlMessages.userControl(alloc(), UserControl.PING_REQUEST, stamp));
  }

  void streamBegin(int streamId) {
    write(ControlMessages.userControl(alloc(), UserControl.STREAM_BEGIN, streamId));
  }

  void streamEof(int streamId) {
    write(ControlMessages.userControl(alloc(), UserControl.STREAM_EOF, streamId));
  }
}
