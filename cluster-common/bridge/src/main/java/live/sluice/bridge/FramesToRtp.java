package live.sluice.bridge;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.AudioInput;
import live.sluice.bridge.video.VideoEngine;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.FrameTap;
import live.sluice.media.MediaKind;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes RTP packets of a stream's frames, once for all of its WebRTC players. H.264, HEVC and AV1 are only packed, with
 * their parameter sets before each keyframe; sound becomes Opus. B-frames are left out where nothing refers to them;
 * else the pictures are encoded anew, or the stream is refused.
 *
 * <p>Both tracks stand on the stream's clock: media time t in ms is timestamp 90·t of pictures and 48·t of sound,
 * modulo 2^32; {@link #mediaMicros} tells which t belongs to a moment, for sender reports.
 *
 * <p>It belongs to the stream's loop, on which all but the transcoding of sound is done; it is to be closed. Frames may
 * come before the tracks are known, and before it is known whether their pictures are in order: they are held, for 400 ms
 * of media at most.
 */
public final class FramesToRtp implements FrameTap, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FramesToRtp.class);
  private static final int AUDIO_RATE = 48_000;

  /** A stream has no other track when so much media of the first brought none. */
  private static final long SETTLE_MS = 400;

  private static final int MAX_HELD = 2_048;

  /** How much sound of a cached GOP is made, for the decoder to get going: what is older is never heard. */
  private static final long OPENING_SOUND_MS = 100;

  private final String name;
  private final Executor loop;
  private final AudioEngine audioEngine;
  private final @Nullable VideoEngine videoEngine;
  private final ByteBufAllocator allocator;
  private final RtpOutput out;
  private final FrameTimes times;
  private final List<Frame> held = new ArrayList<>();
  private final OrderProbe probe = new OrderProbe();

  private @Nullable Track video;
  private @Nullable Track audio;
  private @Nullable RtpTrack videoTrack;
  private @Nullable RtpTrack audioTrack;
  private @Nullable VideoToRtp pictures;
  private @Nullable AudioToRtp sound;
  private boolean announced;
  private boolean refused;
  private boolean closed;

  /**
   * Makes one that has seen nothing.
   *
   * @param name of the stream, for log lines
   * @param loop the stream's
   * @param audioEngine where sound is transcoded
   * @param videoEngine where pictures are encoded anew that are not in order; null where the stream is to be refused
   * @param allocator where packets come from
   */
  public FramesToRtp(
      String name,
      Executor loop,
      AudioEngine audioEngine,
      @Nullable VideoEngine videoEngine,
      Ticker ticker,
      ByteBufAllocator allocator,
      RtpOutput out) {
    this.name = name;
    this.loop = loop;
    this.audioEngine = audioEngine;
    this.videoEngine = videoEngine;
    this.times = new FrameTimes(ticker);
    this.allocator = allocator;
    this.out = out;
  }

  /** Makes one that encodes no pictures anew. */
  public FramesToRtp(
      String name,
      Executor loop,
      AudioEngine audioEngine,
      Ticker ticker,
      ByteBufAllocator allocator,
      RtpOutput out) {
    this(name, loop, audioEngine, null, ticker, allocator, out);
  }

  /**
   * Takes what a stream keeps for readers that join, before the first live frame: configurations and the frames since
   * the last keyframe, oldest first. Their packets count as having come when they were live, and of sound only the last
   * moment is made.
   *
   * @param frames borrowed
   */
  public void opening(List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    long newest = frames.getLast().dts();
    times.opening(newest);
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      boolean unheard =
          frame.kind() == MediaKind.AUDIO && !frame.config() && newest - frame.dts() > OPENING_SOUND_MS;
      if (unheard) {
        learn(frame.track());
      } else {
        onFrame(frame);
      }
    }
  }

  @Override
  public void onFrame(Frame frame) {
    if (closed || refused || !learn(frame.track()) || frame.config()) {
      return;
    }
    if (announced) {
      forward(frame);
      return;
    }
    held.add(frame.retain());
    probe.see(frame);
    boolean known = video != null && audio != null && !probe.isOpen();
    if (known || frame.dts() - held.getFirst().dts() >= SETTLE_MS || held.size() >= MAX_HELD) {
      announce();
    }
  }

  @Override
  public void onSourceEnded() {
    refused = false;
    video = null;
    audio = null;
    letGo();
    times.sourceChanged();
    if (pictures != null) {
      pictures.interrupt();
    }
    if (sound != null) {
      sound.interrupt();
    }
  }

  /** The time on the stream's clock, in us, that belongs to a moment of the monotonic clock in ns. */
  public long mediaMicros(long nanos) {
    return times.mediaMicros(nanos);
  }

  /**
   * Asks for a keyframe.
   *
   * @return false where none comes for that: the publisher alone decides
   */
  public boolean requestKeyframe() {
    return pictures != null && pictures.requestKeyframe();
  }

  /** B-frames that were left out so far. */
  public long droppedPictures() {
    return pictures == null ? 0 : pictures.dropped();
  }

  /** Ends it; nothing is given out any more. */
  @Override
  public void close() {
    closed = true;
    letGo();
    if (pictures != null) {
      pictures.close();
    }
    if (sound != null) {
      sound.close();
    }
  }

  /** Learns of a frame's track; false where its frames are of no use. */
  private boolean learn(Track track) {
    Codec codec = track.codec();
    if (codec.kind() == MediaKind.VIDEO) {
      if (!FormatParameters.isPicture(codec)) {
        refuse(ErrorCode.NO_COMMON_CODEC, codec.label() + " that comes as frames can't be played by WebRTC");
        return false;
      }
      video = track;
      announced &= pictures != null && pictures.takes(codec);
      return true;
    }
    boolean readable = AudioInput.canDecode(codec) && !(codec == Codec.AAC && track.config().length == 0);
    if (readable) {
      audio = track;
      announced &= audioTrack != null;
    }
    return readable;
  }

  private void announce() {
    if (videoEngine == null && probe.isReferenced()) {
      refuse(ErrorCode.B_FRAMES, VideoToRtp.NOT_IN_ORDER);
      return;
    }
    announced = true;
    Track picture = video;
    if (picture != null) {
      videoTrack = videoTrack(picture);
    }
    Track voice = audio;
    if (voice != null) {
      audioTrack = audioTrack(videoTrack == null ? 0 : 1, voice);
    }
    tellTracks();
    List<Frame> first = List.copyOf(held);
    held.clear();
    probe.reset();
    for (Frame frame : first) {
      onFrame(frame);
      frame.release();
    }
  }

  private void tellTracks() {
    List<RtpTrack> tracks = new ArrayList<>(2);
    if (videoTrack != null) {
      tracks.add(videoTrack);
    }
    if (audioTrack != null) {
      tracks.add(audioTrack);
    }
    out.onTracks(List.copyOf(tracks));
  }

  private RtpTrack videoTrack(Track track) {
    RtpTrack known = videoTrack;
    VideoToRtp old = pictures;
    if (known != null && old != null && old.takes(track.codec())) {
      return known;
    }
    if (old != null) {
      old.close();
    }
    RtpTrack made =
        new RtpTrack(0, track.codec(), VideoToRtp.CLOCK_RATE, 0, FormatParameters.video(track));
    pictures = new VideoToRtp(made, new PictureHost(), loop, videoEngine, allocator);
    return made;
  }

  private RtpTrack audioTrack(int index, Track track) {
    RtpTrack known = audioTrack;
    if (known != null && known.index() == index) {
      return known;
    }
    boolean stereo = AudioToRtp.channels(track) != 1;
    // Always two channels in SDP, whatever there is in the packets: RFC 7587, section 7.
    RtpTrack made = new RtpTrack(index, Codec.OPUS, AUDIO_RATE, 2, FormatParameters.opus(stereo));
    AudioToRtp old = sound;
    if (old != null) {
      old.close();
    }
    sound = new AudioToRtp(made, audioEngine, loop, allocator, new SoundHost());
    return made;
  }

  private void forward(Frame frame) {
    times.seen(frame.dts());
    if (frame.kind() == MediaKind.AUDIO) {
      AudioToRtp to = sound;
      if (to != null) {
        to.accept(frame);
      }
      return;
    }
    VideoToRtp to = pictures;
    if (to != null) {
      to.accept(frame);
    }
  }

  private void refuse(ErrorCode code, String why) {
    refused = true;
    letGo();
    out.onRefused(code, why);
  }

  /** What both are told to. */
  private abstract class TrackHost implements TrackOutput {
    @Override
    public void onPacket(RtpPacket packet) {
      out.onPacket(packet);
    }

    @Override
    public long arrival(long mediaMillis) {
      return times.arrival(mediaMillis);
    }
  }

  /** What pictures are told to. */
  private final class PictureHost extends TrackHost implements VideoToRtp.Host {
    @Override
    public void onTrackReplaced(RtpTrack track) {
      videoTrack = track;
      tellTracks();
    }

    @Override
    public void onRefused(ErrorCode code, String why) {
      refuse(code, why);
    }
  }

  /** What sound is told to. */
  private final class SoundHost extends TrackHost implements AudioToRtp.Host {
    @Override
    public boolean isOld(long mediaMillis) {
      return times.isOld(mediaMillis);
    }

    @Override
    public void onLeftOut(String why) {
      LOG.warn("{} is played by WebRTC without sound: {}", name, why);
    }
  }

  private void letGo() {
    held.forEach(Frame::release);
    held.clear();
    probe.reset();
  }
}
