package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;

/** The streams of a node as packets of RTP, whatever form they came in. Thread-safe. */
public final class RtpStreams implements StreamRegistry.Listener {
  private final StreamRegistry registry;
  private final RtpBridge bridge;
  private final Ticker ticker;
  private final Duration history;
  private final Map<Stream, RtpStream> streams = new ConcurrentHashMap<>();

  /** None yet; packets can be asked for again for a second. */
  public RtpStreams(StreamRegistry registry, RtpBridge bridge, Ticker ticker) {
    this(registry, bridge, ticker, Duration.ofSeconds(1));
  }

  /**
   * None yet.
   *
   * @param history for how long packets are kept for those that lost them; zero: not at all
   */
  public RtpStreams(StreamRegistry registry, RtpBridge bridge, Ticker ticker, Duration history) {
    this.registry = registry;
    this.bridge = bridge;
    this.ticker = ticker;
    this.history = history;
    registry.addListener(this);
  }

  Duration history() {
    return history;
  }

  RtpBridge bridge() {
    return bridge;
  }

  /** What there is of that stream, null where nobody has asked for it as packets. */
  public @Nullable RtpStream find(Stream stream) {
    return streams.get(stream);
  }

  /** On the stream's loop. */
  private RtpStream of(Stream stream) {
    return streams.computeIfAbsent(stream, s -> new RtpStream(s, this, ticker));
  }

  @Override
  public void streamClosed(Stream stream) {
    RtpStream closed = streams.remove(stream);
    if (closed != null) {
      closed.close();
    }
  }

  /**
   * Asks to publish packets. The stage completes on the stream's loop, which is {@code loop} where the stream is new; it
   * fails as {@link StreamRegistry#publish} does.
   */
  public CompletionStage<RtpFeed> publish(
      StreamKey key, Session session, EventLoop loop, List<RtpTrack> tracks, RtpSource source) {
    Owner owner = new Owner();
    return registry
        .publish(key, new StreamRegistry.Publisher(session, owner, MediaForm.PACKETS), loop)
        .thenApply(publication -> connect(publication, tracks, source, owner));
  }

  /**
   * Feeds a stream that is pulled. On the stream's loop.
   *
   * @param connector makes the publication of an owner that is told of its end
   */
  public RtpFeed pulled(
      List<RtpTrack> tracks, RtpSource source, java.util.function.Function<Publication.Owner, Publication> connector) {
    Owner owner = new Owner();
    return connect(connector.apply(owner), tracks, source, owner);
  }

  private RtpFeed connect(Publication publication, List<RtpTrack> tracks, RtpSource source, Owner owner) {
    RtpFeed feed = of(publication.stream()).connect(tracks, source, publication);
    owner.begin(feed);
    for (RtpTrack track : tracks) {
      publication.announce(Track.bare(track.codec()));
    }
    return feed;
  }

  /** Passes on what a publication is told. Readers of frames may be there before the feed is. */
  private static final class Owner implements Publication.Owner {
    private @Nullable RtpFeed feed;
    private boolean framesWanted;

    void begin(RtpFeed made) {
      feed = made;
      if (framesWanted) {
        made.stream().wantFrames(true);
      }
    }

    @Override
    public void onFramesWanted(boolean wanted) {
      framesWanted = wanted;
      RtpFeed now = feed;
      if (now != null) {
        now.stream().wantFrames(wanted);
      }
    }

    @Override
    public void onPublicationEnded(ErrorCode code, String why) {
      RtpFeed now = feed;
      if (now != null) {
        now.end(code, why);
      }
    }
  }

  /**
   * Finds a stream to be read as packets, on this node now or not; it is kept until {@link RtpStream#release}. The stage
   * completes on the stream's loop when its tracks are known.
   *
   * @param loop the stream's, where it is new
   * @param patience how long a source may take to come, in ms
   * @throws SluiceException as {@link StreamRegistry#follow}; the stage fails with {@link ErrorCode#STREAM_NOT_FOUND} where
   *     nobody publishes it, and with what the bridge says where it can't be made of frames
   */
  public CompletionStage<RtpStream> open(StreamKey key, EventLoop loop, long patience) {
    CompletableFuture<RtpStream> answer = new CompletableFuture<>();
    registry.follow(
        key,
        stream -> {
          RtpStream found = of(stream);
          found.hold(answer);
          if (!answer.isDone()) {
            stream
                .loop()
                .schedule(
                    () ->
                        found.stopWaiting(
                            answer,
                            new SluiceException(ErrorCode.STREAM_NOT_FOUND, "nobody publishes " + key + " now")),
                    patience,
                    TimeUnit.MILLISECONDS);
          }
          return found;
        },
        loop);
    return answer;
  }
}
