package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.bench.rtc.PlayAnswer;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.ScanException;
import live.sluice.media.SluiceException;
import live.sluice.rtc.sdp.LocalTransport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a player comes to watch a mountpoint of Janus, by its REST interface (https://janus.conf.meetecho.com/docs/rest.html):
 * a session, a handle of the streaming plugin, {@code watch}, a long poll for the offer that the plugin makes, and {@code
 * start} with our answer. From then on a request now and then keeps the session alive. On its loop alone.
 */
final class JanusExchange implements Signalling {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_ANSWER = 256 << 10;

  /** Janus gives up sessions of which nothing was heard for 60 s. */
  private static final int KEEP_ALIVE_S = 25;

  /** Answers are told by their order: one connection, and one request at a time. */
  private static final String TRANSACTION = "bench";

  private final LoadLoop loop;
  private final Target target;
  private final LocalTransport local;
  private final Owner owner;
  private final HttpConnection connection;
  private final String api;
  private final String mountpoint;
  private String session = "";
  private String handle = "";
  private @Nullable ScheduledFuture<?> keepAlive;
  private @Nullable Runnable leaving;
  private boolean busy;
  private boolean closed;

  /**
   * Nothing is sent yet.
   *
   * @param target {@code janus://host:port/path/mountpoint}
   * @param local what the answer says of this side
   */
  JanusExchange(LoadLoop loop, Target target, LocalTransport local, Owner owner) {
    this.loop = loop;
    this.target = target;
    this.local = local;
    this.owner = owner;
    this.connection = new HttpConnection(loop, target);
    String path = target.request(0);
    this.api = path.substring(0, path.lastIndexOf('/'));
    this.mountpoint = path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void offer(String sdp) {
    ask("create", api, request("create"), this::created);
  }

  private void created(JsonNode answer) {
    session = api + '/' + answer.path("data").path("id").asLong();
    ask("attach", session, request("attach").put("plugin", "janus.plugin.streaming"), this::attached);
  }

  private void attached(JsonNode answer) {
    handle = session + '/' + answer.path("data").path("id").asLong();
    ObjectNode watch = request("message");
    ObjectNode body = watch.putObject("body").put("request", "watch");
    if (mountpoint.matches("\\d{1,18}")) {
      body.put("id", Long.parseLong(mountpoint));
    } else {
      body.put("id", mountpoint);
    }
    ask("watch", handle, watch, any -> poll());
  }

  /** What {@code watch} comes to is told by an event; a long poll is answered by the next one. */
  private void poll() {
    ask("event", session + "?maxev=1", null, this::event);
  }

  private void event(JsonNode event) {
    JsonNode data = event.path("plugindata").path("data");
    JsonNode description = event.path("jsep");
    if (data.has("error")) {
      refused("Janus refuses watch: " + data.path("error").asString(""));
    } else if (description.path("type").asString("").equals("offer")) {
      answer(description.path("sdp").asString(""));
    } else if (event.path("janus").asString("").equals("keepalive")) {
      refused("Janus made no offer within 30 s");
    } else {
      poll();
    }
  }

  private void answer(String offer) {
    ObjectNode start = request("message");
    start.putObject("body").put("request", "start");
    try {
      start.putObject("jsep").put("type", "answer").put("sdp", PlayAnswer.to(offer, local));
    } catch (SluiceException e) {
      refused("the server's offer can't be answered: " + e.getMessage());
      return;
    }
    ask("start", handle, start, any -> started(offer));
  }

  private void started(String offer) {
    keepAlive =
        loop.loop()
            .scheduleAtFixedRate(
                () -> ask("keepalive", session, request("keepalive"), any -> {}),
                KEEP_ALIVE_S,
                KEEP_ALIVE_S,
                TimeUnit.SECONDS);
    owner.onAnswer(offer, target.address());
  }

  @Override
  public void delete(Runnable done) {
    if (leaving != null) {
      return;
    }
    leaving = done;
    stop();
    if (!busy) {
      leave(done);
    }
  }

  private void stop() {
    closed = true;
    ScheduledFuture<?> timer = keepAlive;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void leave(Runnable done) {
    if (session.isEmpty()) {
      connection.close();
      done.run();
      return;
    }
    String at = session;
    session = "";
    connection.send(new Call("destroy", at, request("destroy"), any -> leave(done), why -> leave(done)));
  }

  private void refused(String why) {
    if (closed) {
      return;
    }
    stop();
    owner.onRefused(why);
  }

  private static ObjectNode request(String what) {
    return JsonNodeFactory.instance.objectNode().put("janus", what).put("transaction", TRANSACTION);
  }

  /** Sends a request, and goes on with its answer unless the player has left meanwhile. */
  private void ask(String what, String path, @Nullable ObjectNode body, Consumer<JsonNode> then) {
    busy = true;
    connection.send(
        new Call(
            what,
            path,
            body,
            answer -> answered(() -> then.accept(answer)),
            why -> answered(() -> refused(why))));
  }

  private void answered(Runnable then) {
    busy = false;
    Runnable waiting = leaving;
    if (waiting == null) {
      then.run();
    } else {
      leave(waiting);
    }
  }

  /** One request, and its answer as JSON. */
  private final class Call implements HttpRequest {
    private final String what;
    private final String path;
    private final String content;
    private final Consumer<JsonNode> then;
    private final Consumer<String> otherwise;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private int status;

    /** A POST, or a GET where there is no body. */
    Call(
        String what, String path, @Nullable ObjectNode body, Consumer<JsonNode> then, Consumer<String> otherwise) {
      this.what = what;
      this.path = path;
      this.content = body == null ? "" : body.toString();
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public String method() {
      return content.isEmpty() ? "GET" : "POST";
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String fields() {
      return content.isEmpty()
          ? "Accept: application/json\r\n"
          : "Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: " + content.length() + "\r\n";
    }

    @Override
    public String content() {
      return content;
    }

    @Override
    public void sent() {
      if (what.equals("create")) {
        owner.onOffered();
      }
    }

    @Override
    public void received(int bytes) {
      // A player's bytes are those of its media.
    }

    @Override
    public void head(HttpHead head) {
      status = head.status();
    }

    @Override
    public void body(ByteBuf in, int from, int to) {
      if (answer.size() + to - from > MAX_ANSWER) {
        throw new ScanException("the server's answer is longer than 256 kB");
      }
      byte[] piece = new byte[to - from];
      in.getBytes(from, piece);
      answer.writeBytes(piece);
    }

    @Override
    public void done() {
      if (status != 200) {
        otherwise.accept("the server answered " + status);
        return;
      }
      JsonNode read;
      try {
        read = JSON.readTree(answer.toByteArray());
      } catch (JacksonException e) {
        otherwise.accept("the server's answer to " + what + " is no JSON");
        return;
      }
      if (read.path("janus").asString("").equals("error")) {
        otherwise.accept("Janus refuses " + what + ": " + read.path("error").path("reason").asString(""));
      } else {
        then.accept(read);
      }
    }

    @Override
    public void failed(String why) {
      otherwise.accept(why);
    }
  }
}
