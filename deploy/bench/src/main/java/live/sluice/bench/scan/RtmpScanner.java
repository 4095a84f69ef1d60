package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/**
 * Scans RTMP chunks after the handshake (RTMP specification, section 5.3): headers of all types, chunk sizes as the peer
 * sets them. Of media only the first bytes of a message are looked at; what is short and no media is handed on whole.
 */
public final class RtmpScanner implements ByteSink {
  /** Takes the messages that are no media. */
  @FunctionalInterface
  public interface Messages {
    /** A message; {@code body} is its own. */
    void message(int type, int streamId, byte[] body);
  }

  private static final int MAX_HEADER = 3 + 11 + 4;
  private static final int EXTENDED = 0xffffff;
  private static final int MAX_OTHER = 256 << 10;
  private static final int MAX_STREAMS = 64;
  private static final int SET_CHUNK_SIZE = 1;
  private static final int ABORT = 2;

  private final FrameSink frames;
  private final Messages messages;
  private final IntObjectMap<Chunks> streams = new IntObjectHashMap<>();
  private final byte[] header = new byte[MAX_HEADER];
  private int have;
  private int chunkSize = 128;

  /** The chunk stream whose chunk is being read; its {@code chunkLeft} bytes have not come. */
  private Chunks current;

  private int chunkLeft;

  /** What is kept of one chunk stream. */
  private static final class Chunks {
    long field;
    boolean extended;
    boolean absolute;
    long timestamp;
    int length;
    int type;
    int streamId;
    int received;
    boolean open;
    byte[] body = new byte[0];
  }

  /** A scanner after the handshake. */
  @SuppressWarnings("NullAway.Init") // the current chunk stream is looked at within a chunk only
  public RtmpScanner(FrameSink frames, Messages messages) {
    this.frames = frames;
    this.messages = messages;
  }

  @Override
  public void bytes(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      if (chunkLeft > 0) {
        at = body(in, at, to);
      } else {
        header[have++] = in.getByte(at++);
        if (have == headerLength()) {
          have = 0;
          beginChunk();
        }
      }
    }
  }

  /** Bytes of the header that has begun, as far as its bytes tell. */
  private int headerLength() {
    int length = basicLength();
    if (have < length) {
      return length;
    }
    int format = (header[0] & 0xff) >> 6;
    int fields = format == 0 ? 11 : format == 1 ? 7 : format == 2 ? 3 : 0;
    boolean extended;
    if (format == 3) {
      Chunks stream = streams.get(id());
      extended = stream != null && stream.extended;
    } else {
      if (have < length + 3) {
        return length + fields;
      }
      extended = medium(header, length) == EXTENDED;
    }
    return length + fields + (extended ? 4 : 0);
  }

  /** Section 5.3.1.1: ids of 0 and 1 stand for one and two further bytes. */
  private int basicLength() {
    int id = header[0] & 0x3f;
    return id == 0 ? 2 : id == 1 ? 3 : 1;
  }

  private int id() {
    int id = header[0] & 0x3f;
    return id == 0 ? 64 + (header[1] & 0xff) : id == 1 ? 64 + (header[1] & 0xff) + ((header[2] & 0xff) << 8) : id;
  }

  private void beginChunk() {
    int format = (header[0] & 0xff) >> 6;
    Chunks stream = streams.get(id());
    if (stream == null) {
      if (format > 1 || streams.size() == MAX_STREAMS) {
        throw new ScanException("RTMP: a chunk stream begins with a header of type " + format);
      }
      stream = new Chunks();
      streams.put(id(), stream);
    }
    if (!stream.open) {
      beginMessage(stream, format);
    } else if (format != 3) {
      throw new ScanException("RTMP: a header of type " + format + " within a message");
    }
    current = stream;
    chunkLeft = Math.min(chunkSize, stream.length - stream.received);
    if (chunkLeft == 0) {
      complete(stream);
    }
  }

  private void beginMessage(Chunks stream, int format) {
    int at = basicLength();
    if (format < 3) {
      int field = medium(header, at);
      stream.extended = field == EXTENDED;
      stream.absolute = format == 0;
      int end = at + (format == 0 ? 11 : format == 1 ? 7 : 3);
      stream.field = stream.extended ? int32(header, end) & 0xffffffffL : field;
    }
    if (format < 2) {
      stream.length = medium(header, at + 3);
      stream.type = header[at + 6] & 0xff;
    }
    if (format == 0) {
      stream.streamId = Integer.reverseBytes(int32(header, at + 7));
    }
    boolean absolute = format == 0 || (format == 3 && stream.absolute && stream.extended);
    stream.timestamp = (absolute ? stream.field : stream.timestamp + stream.field) & 0xffffffffL;
    stream.received = 0;
    stream.open = true;
    int wanted = wanted(stream);
    if (stream.body.length < wanted || (!isMedia(stream.type) && stream.body.length != wanted)) {
      stream.body = new byte[wanted];
    }
  }

  private static boolean isMedia(int type) {
    return type == FrameSink.AUDIO || type == FrameSink.VIDEO;
  }

  /** How many of a message's bytes are looked at. */
  private static int wanted(Chunks stream) {
    if (stream.type == FrameSink.VIDEO) {
      return Math.min(stream.length, FrameSink.HEAD);
    }
    if (stream.type == FrameSink.AUDIO) {
      return Math.min(stream.length, 2);
    }
    if (stream.length > MAX_OTHER) {
      throw new ScanException("RTMP: a message that is no media has more than 256 kB");
    }
    return stream.length;
  }

  private int body(ByteBuf in, int at, int to) {
    Chunks stream = current;
    int bytes = Math.min(chunkLeft, to - at);
    int wanted = wanted(stream);
    if (stream.received < wanted) {
      in.getBytes(at, stream.body, stream.received, Math.min(wanted - stream.received, bytes));
    }
    stream.received += bytes;
    chunkLeft -= bytes;
    if (stream.received == stream.length) {
      complete(stream);
    }
    return at + bytes;
  }

  private void complete(Chunks stream) {
    stream.open = false;
    if (isMedia(stream.type)) {
      frames.frame(stream.type, stream.timestamp, stream.body, wanted(stream), stream.length);
      return;
    }
    byte[] body = stream.body;
    stream.body = new byte[0];
    switch (stream.type) {
      case SET_CHUNK_SIZE -> setChunkSize(body);
      case ABORT -> abort(body);
      default -> messages.message(stream.type, stream.streamId, body);
    }
  }

  private void setChunkSize(byte[] body) {
    int size = body.length < 4 ? 0 : int32(body, 0);
    if (size < 1) {
      throw new ScanException("RTMP: a chunk size that can't be");
    }
    chunkSize = size;
  }

  private void abort(byte[] body) {
    Chunks stream = body.length < 4 ? null : streams.get(int32(body, 0));
    if (stream != null) {
      stream.open = false;
    }
  }

  private static int medium(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
  }

  private static int int32(byte[] bytes, int at) {
    return bytes[at] << 24 | medium(bytes, at + 1);
  }
}
