package live.sluice.rtp;

import java.util.List;
import java.util.function.IntConsumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Stream;

/** Makes packets of frames and frames of packets. On the stream's loop. */
public interface RtpBridge {

  /** Told by a bridge what it makes of frames. On the stream's loop. */
  interface Packets {
    /** The tracks are known, or are others from now on; packets follow. */
    void onTracks(List<RtpTrack> tracks);

    /** A packet, which is handed over. */
    void onPacket(RtpPacket packet);

    /** The packets of one frame are complete. */
    void onFlush();

    /** What the times of a track mean. */
    void onClock(RtpTrack track, long ntp, int rtp);

    /** It can't be done, or no longer: {@code why} is for players. */
    void onRefused(ErrorCode code, String why);
  }

  /** A bridge at work. */
  interface Handle {
    /** Asks for a keyframe, where it is the bridge that encodes the pictures. */
    default void requestKeyframe() {}

    /** Ends it. */
    void close();
  }

  /** A bridge that is given packets. */
  interface Frames extends Handle {
    /** Takes a packet, which stays the caller's. */
    void packet(RtpPacket packet);

    /** A sender report of a track's layer came. */
    void clock(RtpTrack track, int layer, RtpClock clock);
  }

  /** Begins to make packets of what {@code stream} has in frames. */
  Handle toPackets(Stream stream, Packets to);

  /**
   * Begins to make frames of packets, which it hands to {@code publication}.
   *
   * @param requestKeyframe is given the layer of which pictures can't go on without a keyframe
   */
  Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe);
}
