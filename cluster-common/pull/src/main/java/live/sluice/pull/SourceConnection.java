package live.sluice.pull;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;

/**
 * One connection to where a stream comes from, in whatever form and by whatever way it comes. On the stream's loop.
 */
interface SourceConnection {

  /** Told by a connection what it brings. On the stream's loop; nothing is told after {@link #ended}. */
  interface Events {
    /** The other side serves the stream; frames follow. */
    void started();

    /** A frame, which is handed over. */
    void frame(Frame frame);

    /**
     * The other side serves the stream as packets, which it was published as.
     *
     * @param heedsRequests whether a keyframe that is asked for comes soon
     * @param requests the way back
     * @return where to the packets go; the connection does not close it
     */
    RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests requests);

    /** The connection is over, or did not come about. */
    void ended(ErrorCode code, String why);
  }

  /** Whether it stands in for a link that could not be made: one is to be tried again while this one serves. */
  default boolean standsIn() {
    return false;
  }

  /** Ends it; nothing is told any more. */
  void close();
}
