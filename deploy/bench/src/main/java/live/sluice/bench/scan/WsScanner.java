package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;

/**
 * Scans WebSocket frames of a server (RFC 6455, section 5.2), after the upgrade. The payload of binary messages is one
 * stream of bytes, whatever its frames.
 */
public final class WsScanner implements ByteSink {
  /** Takes what is no media. */
  public interface Control {
    /** The server asks for an answer with the same bytes. */
    void ping(byte[] payload);

    /** The server closes, with a status code; 1005 where it has told none. */
    void close(int code);
  }

  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_CONTROL = 125;

  private final ByteSink payload;
  private final Control control;
  private final byte[] header = new byte[10];
  private int have;
  private int opcode;
  private long left;
  private boolean inFrame;
  private boolean inMessage;
  private byte[] controlBody = new byte[0];
  private int controlHave;

  /** A scanner after the upgrade. */
  public WsScanner(ByteSink payload, Control control) {
    this.payload = payload;
    this.control = control;
  }

  @Override
  public void bytes(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to) {
      if (inFrame) {
        at = body(in, at, to);
      } else {
        header[have++] = in.getByte(at++);
        if (have >= 2 && have == headerLength()) {
          begin();
        }
      }
    }
  }

  private int headerLength() {
    int length = header[1] & 0x7f;
    return length == 126 ? 4 : length == 127 ? 10 : 2;
  }

  private void begin() {
    opcode = header[0] & 15;
    boolean last = (header[0] & 0x80) != 0;
    if ((header[0] & 0x70) != 0 || (header[1] & 0x80) != 0) {
      throw new ScanException("WebSocket: a frame of the server is masked, or uses an extension that was not agreed on");
    }
    left = header[1] & 0x7f;
    if (left > MAX_CONTROL) {
      left = 0;
      for (int i = 2; i < have; i++) {
        left = left << 8 | (header[i] & 0xff);
      }
    }
    have = 0;
    if (left < 0) {
      throw new ScanException("WebSocket: a frame's length is negative");
    }
    switch (opcode) {
      case CLOSE, PING, PONG -> {
        if (!last || left > MAX_CONTROL) {
          throw new ScanException("WebSocket: a control frame is cut, or longer than 125 bytes");
        }
        controlBody = new byte[(int) left];
        controlHave = 0;
      }
      case BINARY, CONTINUATION -> {
        if ((opcode == CONTINUATION) != inMessage) {
          throw new ScanException("WebSocket: a message goes on that has not begun, or begins within another");
        }
        inMessage = !last;
      }
      default -> throw new ScanException("WebSocket: a frame that is neither binary nor control");
    }
    inFrame = true;
    if (left == 0) {
      end();
    }
  }

  private int body(ByteBuf in, int at, int to) {
    int bytes = (int) Math.min(left, to - at);
    left -= bytes;
    if (opcode < CLOSE) {
      payload.bytes(in, at, at + bytes);
    } else {
      in.getBytes(at, controlBody, controlHave, bytes);
      controlHave += bytes;
    }
    if (left == 0) {
      end();
    }
    return at + bytes;
  }

  private void end() {
    inFrame = false;
    if (opcode == PING) {
      control.ping(controlBody);
    } else if (opcode == CLOSE) {
      control.close(controlBody.length < 2 ? 1005 : (controlBody[0] & 0xff) << 8 | (controlBody[1] & 0xff));
    }
  }
}
