package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.ScanException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep), which differ in who sends media alone: an offer is
 * posted, wherever redirects lead, and the session deleted in the end. On its loop alone.
 */
final class WhipExchange implements Signalling {
  private static final int MAX_REDIRECTS = 3;
  private static final int MAX_ANSWER = 256 << 10;

  private final LoadLoop loop;
  private final Owner owner;
  private final @Nullable String token;
  private Target target;
  private HttpConnection connection;
  private int redirects;
  private @Nullable Target session;
  private @Nullable Runnable leaving;
  private boolean asked;
  private boolean closed;

  /**
   * Nothing is sent yet.
   *
   * @param target where offers are taken
   * @param token what each request bears; null for none
   */
  WhipExchange(LoadLoop loop, Target target, @Nullable String token, Owner owner) {
    this.loop = loop;
    this.target = target;
    this.token = token;
    this.owner = owner;
    this.connection = new HttpConnection(loop, target);
  }

  @Override
  public void offer(String sdp) {
    asked = true;
    connection.send(new Offer(sdp));
  }

  @Override
  public void delete(Runnable done) {
    closed = true;
    if (asked) {
      leaving = done;
      return;
    }
    connection.close();
    Target at = session;
    session = null;
    if (at == null) {
      done.run();
    } else {
      new Deletion(at, done).send();
    }
  }

  private String credential() {
    return token == null ? "" : "Authorization: Bearer " + token + "\r\n";
  }

  private void refused(String why) {
    asked = false;
    connection.close();
    Runnable waiting = leaving;
    if (waiting != null) {
      waiting.run();
    } else if (!closed) {
      closed = true;
      owner.onRefused(why);
    }
  }

  /** What is common to both. */
  private abstract static class Request implements HttpRequest {
    final Target at;
    int status;
    @Nullable String location;

    Request(Target at) {
      this.at = at;
    }

    @Override
    public String path() {
      return at.request(0);
    }

    @Override
    public void received(int bytes) {
      // A player's bytes are those of its media.
    }

    @Override
    public void head(HttpHead head) {
      status = head.status();
      location = head.field("location");
    }

    @Nullable Target location() {
      String text = location;
      try {
        return text == null ? null : at.resolve(URI.create(text));
      } catch (IllegalArgumentException | BenchException e) {
        return null;
      }
    }
  }

  private final class Offer extends Request {
    private final String sdp;
    private final StringBuilder answer = new StringBuilder();

    Offer(String sdp) {
      super(target);
      this.sdp = sdp;
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String fields() {
      return "Accept: application/sdp\r\nContent-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n"
          + credential();
    }

    @Override
    public String content() {
      return sdp;
    }

    @Override
    public void sent() {
      if (redirects == 0) {
        owner.onOffered();
      }
    }

    @Override
    public void body(ByteBuf in, int from, int to) {
      if (answer.length() + to - from > MAX_ANSWER) {
        throw new ScanException("the server's answer is longer than 256 kB");
      }
      answer.append(in.toString(from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void done() {
      Target to = location();
      if ((status == 307 || status == 308) && to != null && redirects < MAX_REDIRECTS) {
        redirects++;
        target = to;
        connection.close();
        connection = new HttpConnection(loop, to);
        offer(sdp);
        return;
      }
      if (status / 100 != 2) {
        refused("the server answered " + status);
        return;
      }
      asked = false;
      session = to;
      connection.close();
      Runnable waiting = leaving;
      if (waiting != null) {
        delete(waiting);
      } else {
        owner.onAnswer(answer.toString(), at.address());
      }
    }

    @Override
    public void failed(String why) {
      refused(why);
    }
  }

  private final class Deletion extends Request {
    private final Runnable told;
    private final HttpConnection to;

    Deletion(Target at, Runnable told) {
      super(at);
      this.told = told;
      this.to = new HttpConnection(loop, at);
    }

    void send() {
      to.send(this);
    }

    @Override
    public String method() {
      return "DELETE";
    }

    @Override
    public String fields() {
      return credential();
    }

    @Override
    public void sent() {
      // It is not measured.
    }

    @Override
    public void body(ByteBuf in, int from, int length) {
      // It says nothing of use.
    }

    @Override
    public void done() {
      to.close();
      told.run();
    }

    @Override
    public void failed(String why) {
      to.close();
      told.run();
    }
  }
}
