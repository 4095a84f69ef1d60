package live.sluice.rtmp.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import live.sluice.container.amf.Amf0;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.chunk.ChunkWriter;
import live.sluice.rtmp.chunk.MessageType;
import live.sluice.rtmp.chunk.RtmpMessage;
import org.jspecify.annotations.Nullable;

/**
 * A command as it was read.
 *
 * @param streamId the message stream that it came on
 * @param name such as {@code publish}
 * @param transaction number that the answer repeats; 0 where none is wanted
 * @param values all values of the message, name and number included
 */
public record Command(int streamId, String name, double transaction, List<Object> values) {
  /** Longest command message that is read. */
  public static final int MAX_BYTES = 256 << 10;

  /**
   * Reads a command message, of which the caller stays the owner.
   *
   * @throws SluiceException PROTOCOL_ERROR, TOO_LARGE
   */
  public static Command read(RtmpMessage message) {
    if (message.payload().readableBytes() > MAX_BYTES) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE,
          "a command of " + message.payload().readableBytes() + " bytes came, " + MAX_BYTES + " are accepted");
    }
    ByteBuf in = message.payload().duplicate();
    // A command in AMF3 begins with a byte 0, and then speaks AMF0 anyway.
    if (message.type() == MessageType.COMMAND_AMF3 && in.isReadable() && in.getByte(in.readerIndex()) == 0) {
      in.skipBytes(1);
    }
    List<Object> values = Amf0.readAll(in);
    if (values.isEmpty() || !(values.getFirst() instanceof String name)) {
      throw new SluiceException(ErrorCode.PROTOCOL_ERROR, "a command message does not begin with its name");
    }
    double transaction = values.size() > 1 && values.get(1) instanceof Double d ? d : 0;
    return new Command(message.streamId(), name, transaction, values);
  }

  /** A value after the command object, counted from 0: a string, null where it is missing or something else. */
  public @Nullable String string(int argument) {
    return at(argument + 3) instanceof String s ? s : null;
  }

  /** The same of a number. */
  public double number(int argument, double otherwise) {
    return at(argument + 3) instanceof Double d ? d : otherwise;
  }

  /** The same of a boolean. */
  public boolean bool(int argument, boolean otherwise) {
    return at(argument + 3) instanceof Boolean b ? b : otherwise;
  }

  /** The same of an object; an empty one where it is missing. */
  public AmfObject object(int argument) {
    return at(argument + 3) instanceof AmfObject o ? o : AmfObject.object();
  }

  /** The command object, an empty one where there is none. */
  public AmfObject commandObject() {
    return at(2) instanceof AmfObject o ? o : AmfObject.object();
  }

  private @Nullable Object at(int index) {
    return index < values.size() ? values.get(index) : null;
  }

  /** Writes a command, or an answer to one, as chunks of up to {@code chunkSize} bytes. */
  public static ByteBuf write(ByteBufAllocator allocator, int chunkSize, int streamId, Object... values) {
    return write(allocator, chunkSize, ChunkWriter.COMMAND, MessageType.COMMAND_AMF0, streamId, values);
  }

  /** Writes a data message, such as {@code |RtmpSampleAccess}. */
  public static ByteBuf writeData(ByteBufAllocator allocator, int chunkSize, int streamId, Object... values) {
    return write(allocator, chunkSize, ChunkWriter.DATA, MessageType.DATA_AMF0, streamId, values);
  }

  private static ByteBuf write(
      ByteBufAllocator allocator, int chunkSize, int chunkStream, int type, int streamId, Object... values) {
    ByteBuf body = allocator.buffer(256);
    try {
      Amf0.write(body, values);
      int length = body.readableBytes();
      ByteBuf out = allocator.directBuffer(ChunkWriter.size(chunkSize, 0, length));
      ChunkWriter.begin(out, chunkSize, chunkStream, type, 0, streamId, length).body(out, body);
      return out;
    } finally {
      body.release();
    }
  }
}
