package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Scans HTTP/1.1 responses, one after the other: head, then a body by length, by chunks, or up to the end. */
public final class HttpScanner implements ByteSink {
  /** Takes what is found. */
  public interface Listener {
    /** A head came. */
    void head(HttpHead head);

    /** A piece of the body, as {@link ByteSink#bytes}. */
    void body(ByteBuf in, int from, int to);

    /** The body is complete; not called where only the end of the connection ends it. */
    void end();
  }

  private enum State {
    HEAD,
    LENGTH,
    UNTIL_CLOSED,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private static final int MAX_HEAD = 32 << 10;
  private static final int MAX_CHUNK_LINE = 1024;

  private final Listener listener;
  private State state = State.HEAD;
  private byte[] line = new byte[512];
  private int have;
  private long left;
  private boolean digits;

  /** A scanner at the start of the connection. */
  public HttpScanner(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void bytes(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case HEAD -> head(in, at, to);
            case LENGTH, CHUNK -> body(in, at, to);
            case UNTIL_CLOSED -> {
              listener.body(in, at, to);
              yield to;
            }
            case CHUNK_SIZE -> chunkSize(in.getByte(at), at);
            case CHUNK_END -> chunkEnd(in.getByte(at), at);
            case TRAILER -> trailer(in.getByte(at), at);
          };
    }
  }

  /** Whether it is between two answers. */
  public boolean idle() {
    return state == State.HEAD && have == 0;
  }

  /** Whether the end of the connection completes the body that is being read. */
  public boolean endsWithConnection() {
    return state == State.UNTIL_CLOSED;
  }

  private int head(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      if (have == line.length) {
        if (have >= MAX_HEAD) {
          throw new ScanException("HTTP: a head of more than 32 kB");
        }
        line = Arrays.copyOf(line, 2 * have);
      }
      line[have++] = in.getByte(at++);
      if (have >= 4 && line[have - 1] == '\n' && line[have - 2] == '\r' && line[have - 3] == '\n') {
        begin(HttpHead.parse(new String(line, 0, have - 4, StandardCharsets.ISO_8859_1)));
        break;
      }
      if (have == 5 && !new String(line, 0, 5, StandardCharsets.ISO_8859_1).equals("HTTP/")) {
        throw new ScanException("not HTTP: the answer does not begin with HTTP/1");
      }
    }
    return at;
  }

  private void begin(HttpHead head) {
    have = 0;
    if (head.chunked()) {
      state = State.CHUNK_SIZE;
      left = 0;
      digits = false;
    } else {
      left = head.length();
      state = left < 0 ? State.UNTIL_CLOSED : State.LENGTH;
    }
    listener.head(head);
    if (left == 0 && state == State.LENGTH) {
      end();
    }
  }

  private int body(ByteBuf in, int at, int to) {
    int bytes = (int) Math.min(left, to - at);
    left -= bytes;
    listener.body(in, at, at + bytes);
    if (left == 0) {
      if (state == State.CHUNK) {
        state = State.CHUNK_END;
      } else {
        end();
      }
    }
    return at + bytes;
  }

  private int chunkSize(byte b, int at) {
    int digit = have == 0 ? Character.digit(b, 16) : -1;
    if (digit >= 0) {
      left = left << 4 | digit;
      digits = true;
      if (left > Integer.MAX_VALUE) {
        throw new ScanException("HTTP: a chunk of more than 2 GB");
      }
    } else if (b == '\n') {
      if (!digits || have == 0) {
        throw new ScanException("HTTP: a chunk without a size");
      }
      state = left == 0 ? State.TRAILER : State.CHUNK;
      have = 0;
    } else if (++have > MAX_CHUNK_LINE || (have == 1 && b != '\r' && b != ';' && b != ' ')) {
      // The carriage return, or an extension before it.
      throw new ScanException("HTTP: the size of a chunk is no number");
    }
    return at + 1;
  }

  private int chunkEnd(byte b, int at) {
    if (b != (have == 0 ? '\r' : '\n')) {
      throw new ScanException("HTTP: a chunk is longer than its size");
    }
    if (++have == 2) {
      have = 0;
      digits = false;
      state = State.CHUNK_SIZE;
    }
    return at + 1;
  }

  /** Lines up to an empty one; {@code have} counts the bytes of the line that is read. */
  private int trailer(byte b, int at) {
    if (b == '\n') {
      boolean empty = have == 0;
      have = 0;
      if (empty) {
        end();
      }
    } else if (b != '\r') {
      have++;
    }
    return at + 1;
  }

  private void end() {
    state = State.HEAD;
    have = 0;
    listener.end();
  }
}
