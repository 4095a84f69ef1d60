package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from chunks (RTMP specification, section 5.3). Each byte of a body is copied once, into the
 * message's own buffer, which grows as the data comes and not by the length that a header declares. Set Chunk Size and
 * Abort are obeyed here and not handed on.
 *
 * <p>Input that breaks the format ends in a {@link SluiceException} with PROTOCOL_ERROR, input past the bounds in one
 * with TOO_LARGE; after that the reader can only be closed. Not thread-safe.
 */
public final class ChunkReader implements AutoCloseable {

  /** Takes messages. */
  public interface Sink {
    /**
     * A message, which the sink owns.
     *
     * @return whether the reader may go on; else it stops after this message, and the rest of the input stays unread
     */
    boolean onMessage(RtmpMessage message);
  }

  /** Chunk size before anybody sets one (section 5.4.1). */
  public static final int DEFAULT_CHUNK_SIZE = 128;

  private final ChunkBounds bounds;
  private final ByteBufAllocator allocator;
  private final Sink sink;
  private final Slab slab;
  private final IntObjectMap<ChunkStream> streams = new IntObjectHashMap<>();
  private final ChunkHeader header = new ChunkHeader();

  /** The beginning of a header whose end has not come. */
  private final ByteBuf headerStart = Unpooled.buffer(ChunkHeader.MAX_BYTES, ChunkHeader.MAX_BYTES);

  private int chunkSize = DEFAULT_CHUNK_SIZE;
  private int held;

  /** The chunk stream whose chunk is being read, and how much of that chunk has not come. */
  private @Nullable ChunkStream current;

  private int chunkLeft;

  /** A reader at the start of a connection, after the handshake. */
  public ChunkReader(ChunkBounds bounds, ByteBufAllocator allocator, Sink sink) {
    this.bounds = bounds;
    this.allocator = allocator;
    this.slab = new Slab(allocator);
    this.sink = sink;
  }

  /**
   * Reads on.
   *
   * @param in borrowed; all of it is read unless the sink says stop
   * @return whether all was read
   */
  public boolean read(ByteBuf in) {
    if (!headerStart.isReadable()) {
      return readChunks(in);
    }
    // The start of a header waits in our own few bytes: see both as one for a moment.
    int before = headerStart.readableBytes();
    ByteBuf start = allocator.heapBuffer(before).writeBytes(headerStart);
    headerStart.clear();
    ByteBuf joined = Unpooled.wrappedBuffer(start, in.retainedSlice());
    try {
      boolean all = readChunks(joined);
      int unread = before - joined.readerIndex();
      if (unread > 0) {
        headerStart.writeBytes(joined, unread);
      } else {
        in.skipBytes(-unread);
      }
      return all;
    } finally {
      joined.release();
    }
  }

  private boolean readChunks(ByteBuf in) {
    while (true) {
      ChunkStream stream = current;
      if (stream == null) {
        if (!in.isReadable()) {
          return true;
        }
        if (!header.read(in, streams)) {
          headerStart.writeBytes(in);
          return true;
        }
        stream = beginChunk();
        current = stream;
      }
      readBody(stream, in);
      if (chunkLeft > 0) {
        return true;
      }
      current = null;
      if (stream.missing() == 0 && !deliver(stream)) {
        return false;
      }
    }
  }

  private void readBody(ChunkStream stream, ByteBuf in) {
    int bytes = Math.min(chunkLeft, in.readableBytes());
    if (bytes > 0) {
      int before = stream.held();
      int after = stream.heldFor(bytes, in.readableBytes());
      if (held - before + after > bounds.maxPartialBytes()) {
        throw new SluiceException(
            ErrorCode.TOO_LARGE, "unfinished messages together have more than " + bounds.maxPartialBytes() + " bytes");
      }
      stream.append(in, bytes, after, slab, allocator);
      held += stream.held() - before;
      chunkLeft -= bytes;
    }
  }

  /** Takes the header's fields over (section 5.3.1.2), and begins a message unless this chunk goes on with one. */
  private ChunkStream beginChunk() {
    ChunkStream stream = streams.get(header.id);
    int format = header.format;
    if (stream == null) {
      // A first header of type 1 is wrong too, but librtmp's pings are so, and it can be understood.
      if (format > 1) {
        throw broken("chunk stream " + header.id + " begins with a header of type " + format);
      }
      stream = open(header.id);
    }
    if (stream.midMessage()) {
      if (format != 3) {
        throw broken("chunk stream " + header.id + " has a header of type " + format + " within a message");
      }
    } else {
      beginMessage(stream, format);
    }
    chunkLeft = Math.min(chunkSize, stream.missing());
    return stream;
  }

  private void beginMessage(ChunkStream stream, int format) {
    if (format <= 1) {
      if (header.length > bounds.maxMessageBytes()) {
        throw new SluiceException(
            ErrorCode.TOO_LARGE,
            "a message of " + header.length + " bytes was announced, " + bounds.maxMessageBytes() + " are accepted");
      }
      stream.length = header.length;
      stream.type = header.type;
    }
    if (format == 0) {
      stream.streamId = header.streamId;
    }
    if (header.hasField) {
      stream.field = header.field;
    }
    if (format < 3) {
      stream.extended = header.extended;
      stream.absolute = format == 0;
    }
    // A header of type 3 repeats the field before it as a delta, even an absolute one (section 5.3.1.2.4). An extended
    // one is written anew each time, and is absolute then: nobody adds hours to hours.
    boolean absolute = format == 0 || (format == 3 && stream.absolute && stream.extended);
    stream.timestamp = (absolute ? stream.field : stream.timestamp + stream.field) & 0xffffffffL;
    stream.begin();
  }

  private ChunkStream open(int id) {
    if (streams.size() >= bounds.maxChunkStreams()) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE, "more than " + bounds.maxChunkStreams() + " chunk streams are used");
    }
    ChunkStream stream = new ChunkStream();
    streams.put(id, stream);
    return stream;
  }

  private boolean deliver(ChunkStream stream) {
    held -= stream.held();
    RtmpMessage message = stream.take();
    int type = message.type();
    if (type != MessageType.SET_CHUNK_SIZE && type != MessageType.ABORT) {
      return sink.onMessage(message);
    }
    try {
      ByteBuf payload = message.payload();
      if (payload.readableBytes() < 4) {
        throw broken("a control message of type " + type + " has " + payload.readableBytes() + " bytes");
      }
      int value = payload.getInt(payload.readerIndex());
      if (type == MessageType.SET_CHUNK_SIZE) {
        setChunkSize(value);
      } else {
        abort(value);
      }
      return true;
    } finally {
      message.release();
    }
  }

  /** Some clients set 2^31 - 1; past the bound it makes no difference, since no message is that long. */
  private void setChunkSize(int size) {
    if (size < 1) {
      throw broken("a chunk size of " + Integer.toUnsignedString(size) + " was set");
    }
    chunkSize = Math.min(size, bounds.maxChunkSize());
  }

  private void abort(int id) {
    ChunkStream stream = streams.get(id);
    if (stream != null) {
      held -= stream.held();
      stream.discard();
    }
  }

  /** Bytes held for unfinished messages. */
  int held() {
    return held;
  }

  /** Lets go of all unfinished messages. */
  @Override
  public void close() {
    for (ChunkStream stream : streams.values()) {
      stream.discard();
    }
    streams.clear();
    slab.close();
    held = 0;
    current = null;
  }

  private static SluiceException broken(String what) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, what);
  }
}
