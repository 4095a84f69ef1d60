package live.sluice.bridge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.video.VideoEngine;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpBridge;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.rtcp.Ntp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridges of a node's streams: ties {@link FramesToRtp} and {@link RtpToFrames} to a stream and its loop. */
public final class StreamBridge implements RtpBridge {
  private static final Logger LOG = LoggerFactory.getLogger(StreamBridge.class);
  private static final long CLOCK_MS = 1_000;
  private static final long POLL_MS = 40;

  private final AudioEngine engine;
  private final @Nullable VideoEngine videoEngine;
  private final Ticker ticker;

  /**
   * Bridges that share two engines, which stay the caller's.
   *
   * @param videoEngine null where pictures that WebRTC can't carry are refused
   */
  public StreamBridge(AudioEngine engine, @Nullable VideoEngine videoEngine, Ticker ticker) {
    this.engine = engine;
    this.videoEngine = videoEngine;
    this.ticker = ticker;
  }

  @Override
  public Handle toPackets(Stream stream, Packets to) {
    ToPackets bridge = new ToPackets(stream, to);
    bridge.begin();
    return bridge;
  }

  private final class ToPackets implements Handle, RtpOutput {
    private final Stream stream;
    private final Packets to;
    private final FramesToRtp frames;
    private List<RtpTrack> tracks = List.of();
    private @Nullable Future<?> timer;
    private boolean flushPlanned;

    ToPackets(Stream stream, Packets to) {
      this.stream = stream;
      this.to = to;
      this.frames =
          new FramesToRtp(
              stream.key().toString(),
              stream.loop(),
              engine,
              videoEngine,
              ticker,
              ByteBufAllocator.DEFAULT,
              this);
    }

    void begin() {
      frames.opening(stream.openingFrames());
      stream.addTap(frames);
      timer = stream.loop().scheduleAtFixedRate(this::tellClock, CLOCK_MS, CLOCK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onTracks(List<RtpTrack> known) {
      tracks = known;
      to.onTracks(known);
      tellClock();
    }

    /** Timestamps are media time in ticks: what time of the media it is now says what the wall clock is there. */
    private void tellClock() {
      long micros = frames.mediaMicros(ticker.nanos());
      if (micros == 0) {
        return; // no frame has come
      }
      long ntp = Ntp.ofWallMillis(ticker.wallMillis());
      for (RtpTrack track : tracks) {
        to.onClock(track, ntp, (int) (micros * (track.clockRate() / 1_000) / 1_000));
      }
    }

    @Override
    public void onPacket(RtpPacket packet) {
      to.onPacket(packet);
      if (!flushPlanned) {
        flushPlanned = true;
        stream
            .loop()
            .execute(
                () -> {
                  flushPlanned = false;
                  to.onFlush();
                });
      }
    }

    @Override
    public void onRefused(ErrorCode code, String why) {
      to.onRefused(code, why);
    }

    @Override
    public void requestKeyframe() {
      frames.requestKeyframe();
    }

    @Override
    public void close() {
      Future<?> running = timer;
      if (running != null) {
        running.cancel(false);
      }
      stream.removeTap(frames);
      frames.close();
    }
  }

  @Override
  public Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe) {
    ToFrames bridge = new ToFrames(publication, requestKeyframe);
    bridge.begin(tracks);
    return bridge;
  }

  private final class ToFrames implements Frames, FrameOutput {
    private final Publication publication;
    private final IntConsumer requestKeyframe;
    private final Interleaver inOrder = new Interleaver(ticker, this);
    private @Nullable RtpToFrames frames;
    private @Nullable Future<?> timer;

    ToFrames(Publication publication, IntConsumer requestKeyframe) {
      this.publication = publication;
      this.requestKeyframe = requestKeyframe;
    }

    void begin(List<RtpTrack> tracks) {
      EventLoop loop = publication.stream().loop();
      frames = new RtpToFrames(tracks, false, loop, engine, ByteBufAllocator.DEFAULT, inOrder);
      timer = loop.scheduleAtFixedRate(this::poll, POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
    }

    private void poll() {
      RtpToFrames to = frames;
      if (to != null) {
        to.poll(ticker.nanos());
        inOrder.poll();
      }
    }

    @Override
    public void packet(RtpPacket packet) {
      RtpToFrames to = frames;
      if (to != null) {
        to.packet(packet);
      }
    }

    @Override
    public void clock(RtpTrack track, int layer, RtpClock clock) {
      RtpToFrames to = frames;
      if (to != null) {
        to.senderReport(track, layer, clock.ntp(), clock.rtp());
      }
    }

    @Override
    public void onFrame(Frame frame) {
      publication.frame(frame);
    }

    @Override
    public void onKeyframeNeeded(int layer) {
      requestKeyframe.accept(layer);
    }

    @Override
    public void onTrackLeftOut(RtpTrack track, String why) {
      LOG.atWarn()
          .addKeyValue("session", publication.session().id())
          .addKeyValue("stream", publication.stream().key())
          .log("{} is left out for players of RTMP, FLV and HLS: {}", track.kind(), why);
    }

    @Override
    public void close() {
      Future<?> running = timer;
      if (running != null) {
        running.cancel(false);
      }
      RtpToFrames last = frames;
      frames = null;
      if (last != null) {
        last.close();
      }
      inOrder.close();
    }
  }
}
