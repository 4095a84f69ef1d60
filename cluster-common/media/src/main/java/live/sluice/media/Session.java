package live.sluice.media;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection from first byte to last, or one pull. Its id stands on every log line that is about it. Its
 * counters have one writer each and may be read from any thread.
 */
public final class Session {

  /** What a session is for. */
  public enum Type {
    /** RTMP, before it is known whether it publishes or plays. */
    RTMP("rtmp"),
    /** Publishes by RTMP. */
    RTMP_PUBLISH("rtmp-publish"),
    /** Plays by RTMP. */
    RTMP_PLAY("rtmp-play"),
    /** HTTP, before it is known what for. */
    HTTP("http"),
    /** Plays HTTP-FLV. */
    FLV_PLAY("flv-play"),
    /** Plays FLV over WebSocket. */
    WS_FLV_PLAY("ws-flv-play"),
    /** Fetches HLS. */
    HLS_PLAY("hls-play"),
    /** Publishes by WebRTC: WHIP. */
    RTC_PUBLISH("rtc-publish"),
    /** Plays by WebRTC: WHEP. */
    RTC_PLAY("rtc-play"),
    /** Another node pulls from here. */
    NODE_PULL("node-pull"),
    /** This node pulls from elsewhere. */
    PULL("pull"),
    /** This node passes a publish on to an origin. */
    FORWARD("forward");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** The name in the API, logs and metrics. */
    public String label() {
      return label;
    }

    /** Whether a client brings media in. */
    public boolean publishes() {
      return this == RTMP_PUBLISH || this == RTC_PUBLISH;
    }

    /** Whether a client, and no other node, is given media. */
    public boolean plays() {
      return switch (this) {
        case RTMP_PLAY, FLV_PLAY, WS_FLV_PLAY, HLS_PLAY, RTC_PLAY -> true;
        case RTMP, RTMP_PUBLISH, HTTP, RTC_PUBLISH, NODE_PULL, PULL, FORWARD -> false;
      };
    }
  }

  private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final int ID_LENGTH = 8;

  private final String id;
  private final String remote;
  private final long startedWallMs;
  private final Ticker ticker;
  private final BiConsumer<ErrorCode, String> closer;
  private final Map<String, String> details = new ConcurrentHashMap<>();
  private volatile Type type;
  private volatile @Nullable StreamKey stream;
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong droppedFrames = new AtomicLong();
  private final AtomicLong skips = new AtomicLong();
  private volatile long askedNanos;
  private volatile long firstFrameNanos = -1;

  Session(Type type, String remote, Ticker ticker, BiConsumer<ErrorCode, String> closer) {
    this.id = newId();
    this.type = type;
    this.remote = remote;
    this.startedWallMs = ticker.wallMillis();
    this.ticker = ticker;
    this.askedNanos = ticker.nanos();
    this.closer = closer;
  }

  /** Eight characters of 0-9 and a-z, as every session has. */
  private static String newId() {
    char[] chars = new char[ID_LENGTH];
    for (int i = 0; i < ID_LENGTH; i++) {
      chars[i] = ALPHABET[ThreadLocalRandom.current().nextInt(ALPHABET.length)];
    }
    return new String(chars);
  }

  /** A session outside any list of sessions, for what needs one and has no client. */
  public static Session detached(Type type, String remote) {
    return new Session(type, remote, Ticker.SYSTEM, (code, why) -> {});
  }

  /** The id. */
  public String id() {
    return id;
  }

  /** Address and port of the other side. */
  public String remote() {
    return remote;
  }

  /** The address without the port. */
  public String remoteAddress() {
    int colon = remote.lastIndexOf(':');
    return colon < 0 ? remote : remote.substring(0, colon);
  }

  /** Wall clock in ms at its start. */
  public long startedWallMs() {
    return startedWallMs;
  }

  /** What it is for, as known by now. */
  public Type type() {
    return type;
  }

  /** Says what it is for. */
  public void become(Type known, StreamKey key) {
    askedNanos = ticker.nanos();
    stream = key;
    type = known;
  }

  /** Its stream; null until it is known. */
  public @Nullable StreamKey stream() {
    return stream;
  }

  /** Whether it brings media in. */
  public boolean publishes() {
    return type.publishes();
  }

  /** Says more of the client: {@code tcUrl}, {@code pageUrl}, {@code agent}, {@code via}. Values are cut at 256. */
  public void detail(String name, String value) {
    details.put(name, value.length() > 256 ? value.substring(0, 256) : value);
  }

  /** What was said of the client; null where nothing was. */
  public @Nullable String detail(String name) {
    return details.get(name);
  }

  /** Ends the session: an operator kicks it, or the node stops. From any thread. */
  public void end(ErrorCode code, String why) {
    closer.accept(code, why);
  }

  /** Counts bytes that came in. */
  public void countReceived(long bytes) {
    receivedBytes.lazySet(receivedBytes.getPlain() + bytes);
  }

  /** Counts bytes that went out and are no frame of a stream. */
  public void countSent(long bytes) {
    sentBytes.lazySet(sentBytes.getPlain() + bytes);
  }

  /** Counts a frame that came in. */
  public void countFrame() {
    frames.lazySet(frames.getPlain() + 1);
  }

  void countSent(Frame frame, int bytes) {
    countSent(bytes);
    if (!frame.config()) {
      firstFrame();
      countFrame();
    }
  }

  /** Says that the first frame has gone out; later calls do nothing. */
  public void firstFrame() {
    if (firstFrameNanos < 0) {
      firstFrameNanos = ticker.nanos() - askedNanos;
    }
  }

  /** Counts frames that went out together; the first one went by itself. */
  public void countSent(int mediaFrames, int bytes) {
    countSent(bytes);
    frames.lazySet(frames.getPlain() + mediaFrames);
  }

  void countDropped(Frame frame) {
    if (!frame.config()) {
      countDropped(1);
    }
  }

  /** Counts frames that a player lost because it was too slow. */
  public void countDropped(int mediaFrames) {
    droppedFrames.lazySet(droppedFrames.getPlain() + mediaFrames);
  }

  /** Counts that a player begins to lose frames, up to a keyframe. */
  public void countSkip() {
    skips.lazySet(skips.getPlain() + 1);
  }

  /** Bytes sent. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Bytes received. */
  public long receivedBytes() {
    return receivedBytes.get();
  }

  /** Frames sent to a player, or received from a publisher. */
  public long frames() {
    return frames.get();
  }

  /** Frames that a player lost because it was too slow. */
  public long droppedFrames() {
    return droppedFrames.get();
  }

  /** From a player's request to its first frame in ns; -1 while there was none. */
  public long firstFrameNanos() {
    return firstFrameNanos;
  }

  /** How often a player jumped to a keyframe because it was too slow. */
  public long skips() {
    return skips.get();
  }

  @Override
  public String toString() {
    return id;
  }
}
