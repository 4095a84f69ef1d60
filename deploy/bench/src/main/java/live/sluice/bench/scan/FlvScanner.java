package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;

/** Scans an FLV byte stream (annex E): header, tags, and the size that follows each tag. */
public final class FlvScanner implements ByteSink {
  private static final int AUDIO = FrameSink.AUDIO;
  private static final int VIDEO = FrameSink.VIDEO;
  private static final int SCRIPT = 18;
  private static final int FILE_HEADER = 9;
  private static final int TAG_HEADER = 11;
  private static final int BETWEEN = 4 + TAG_HEADER;
  private static final int FILTERED = 0x20;
  private static final int MAX_BODY = 16 << 20;

  private final FrameSink sink;
  private final byte[] head = new byte[FrameSink.HEAD];
  private int have;
  private boolean started;
  private boolean inBody;

  /** What the size of the previous tag must be. */
  private int previous;

  private int type;
  private int length;
  private int left;
  private int wanted;
  private long timestamp;

  /** A scanner at the start of the stream. */
  public FlvScanner(FrameSink sink) {
    this.sink = sink;
  }

  @Override
  public void bytes(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      at = inBody ? body(in, at, to) : between(in, at, to);
    }
  }

  private int between(ByteBuf in, int at, int to) {
    int size = started ? BETWEEN : FILE_HEADER;
    int bytes = Math.min(size - have, to - at);
    in.getBytes(at, head, have, bytes);
    have += bytes;
    if (have == size) {
      have = 0;
      if (started) {
        beginTag();
      } else {
        start();
      }
    }
    return at + bytes;
  }

  private void start() {
    if (head[0] != 'F' || head[1] != 'L' || head[2] != 'V' || head[3] != 1) {
      throw new ScanException("not FLV: the stream does not begin with FLV and version 1");
    }
    if (int32(head, 5) != FILE_HEADER) {
      throw new ScanException("FLV: the header claims a length other than 9");
    }
    started = true;
  }

  private void beginTag() {
    if (int32(head, 0) != previous) {
      throw new ScanException("FLV: the size after a tag is not that of the tag");
    }
    type = head[4] & 0xff & ~FILTERED;
    if (type != AUDIO && type != VIDEO && type != SCRIPT) {
      throw new ScanException("FLV: a tag of a type that there is not");
    }
    length = medium(head, 5);
    timestamp = (head[11] & 0xffL) << 24 | medium(head, 8);
    if (length > MAX_BODY || medium(head, 12) != 0) {
      throw new ScanException("FLV: a tag's header is broken");
    }
    previous = TAG_HEADER + length;
    left = length;
    wanted = Math.min(length, type == VIDEO ? FrameSink.HEAD : type == AUDIO ? 2 : 0);
    if (length == 0) {
      sink.frame(type, timestamp, head, 0, 0);
    } else {
      inBody = true;
    }
  }

  private int body(ByteBuf in, int at, int to) {
    int bytes = Math.min(left, to - at);
    if (have < wanted) {
      int copied = Math.min(wanted - have, bytes);
      in.getBytes(at, head, have, copied);
      have += copied;
    }
    left -= bytes;
    if (left == 0) {
      inBody = false;
      have = 0;
      sink.frame(type, timestamp, head, wanted, length);
    }
    return at + bytes;
  }

  private static int medium(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
  }

  private static int int32(byte[] bytes, int at) {
    return bytes[at] << 24 | medium(bytes, at + 1);
  }
}
