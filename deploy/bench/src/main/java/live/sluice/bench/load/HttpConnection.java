package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.HttpScanner;
import live.sluice.bench.scan.ScanException;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection that answers requests in turn; it connects when it is first needed, and anew when the server
 * has closed it in between. On its loop alone.
 */
final class HttpConnection {
  private final LoadLoop loop;
  private final Target target;
  private final Deque<HttpRequest> waiting = new ArrayDeque<>();
  private @Nullable Link link;
  private boolean paused;
  private boolean closed;

  HttpConnection(LoadLoop loop, Target target) {
    this.loop = loop;
    this.target = target;
  }

  /** How many requests are not answered yet. */
  int load() {
    Link open = link;
    return waiting.size() + (open != null && open.current != null ? 1 : 0);
  }

  void send(HttpRequest request) {
    waiting.add(request);
    next();
  }

  void pause(boolean stop) {
    paused = stop;
    Link open = link;
    if (open != null && open.channel != null) {
      open.channel.config().setAutoRead(!stop);
    }
  }

  void close() {
    closed = true;
    waiting.clear();
    Link open = link;
    if (open != null && open.channel != null) {
      open.channel.close();
    }
  }

  private void next() {
    if (closed || waiting.isEmpty()) {
      return;
    }
    Link open = link;
    if (open == null) {
      Link made = new Link();
      link = made;
      loop.connect(target.address(), made, made::refused);
    } else if (open.channel != null && open.current == null) {
      open.write(waiting.remove());
    }
  }

  private void failAll(String why) {
    while (!waiting.isEmpty() && !closed) {
      waiting.remove().failed(why);
    }
  }

  /** The connection as it is now; another one takes its place when the server closes it. */
  private final class Link extends ChannelInboundHandlerAdapter implements HttpScanner.Listener {
    private final HttpScanner scanner = new HttpScanner(this);
    @Nullable Channel channel;
    @Nullable HttpRequest current;
    private boolean closes;

    void refused(String why) {
      link = null;
      failAll(why);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      if (closed) {
        ctx.close();
        return;
      }
      channel = ctx.channel();
      ctx.channel().config().setAutoRead(!paused);
      next();
    }

    void write(HttpRequest request) {
      Channel to = channel;
      current = request;
      loop.clock().read();
      request.sent();
      if (to != null) {
        to.writeAndFlush(
            ByteBufUtil.writeAscii(
                to.alloc(),
                request.method() + ' ' + request.path() + " HTTP/1.1\r\nHost: " + target.host()
                    + "\r\nUser-Agent: sluice-bench\r\n" + request.fields() + "\r\n" + request.content()));
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf in = (ByteBuf) message;
      try {
        loop.clock().read();
        HttpRequest asked = current;
        if (asked == null) {
          throw new ScanException("HTTP: an answer that nobody asked for");
        }
        asked.received(in.readableBytes());
        scanner.bytes(in, in.readerIndex(), in.writerIndex());
      } catch (ScanException e) {
        broken(String.valueOf(e.getMessage()));
        ctx.close();
      } finally {
        in.release();
      }
    }

    @Override
    public void head(HttpHead head) {
      closes = head.closes();
      if (current != null) {
        current.head(head);
      }
    }

    @Override
    public void body(ByteBuf in, int from, int to) {
      if (current != null) {
        current.body(in, from, to);
      }
    }

    @Override
    public void end() {
      HttpRequest done = current;
      current = null;
      Channel at = channel;
      if (closes && link == this) {
        link = null;
        if (at != null) {
          at.close();
        }
      }
      if (done != null) {
        done.done();
      }
      next();
    }

    private void broken(String why) {
      HttpRequest asked = current;
      current = null;
      if (link == this) {
        link = null;
      }
      if (asked != null && !closed) {
        asked.failed(why);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (scanner.endsWithConnection() && current != null) {
        closes = true;
        end();
        return;
      }
      broken("the server closed the connection within an answer");
      next();
    }

    @Override
    @SuppressWarnings("deprecation") // deprecated for outbound handlers only
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      broken(Reasons.of("the connection broke", cause));
      ctx.close();
    }
  }
}
