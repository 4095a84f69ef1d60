package live.sluice.hop.control;

import java.util.List;
import live.sluice.media.Announcement;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a link say to each other. A request is numbered by the node that makes it; what belongs to it bears
 * that number.
 */
public sealed interface ControlMessage {
  /**
   * First of all, from both.
   *
   * @param version that the node speaks: each speaks its own and the one before
   * @param standing whether the node wants the link to stay, for announcements
   */
  record Hello(NodeInfo node, int version, boolean standing) implements ControlMessage {}

  /** The live nodes of the sender's region; all of them each time. */
  record Nodes(List<NodeLoad> nodes) implements ControlMessage {
    /** Keeps the list as it is now. */
    public Nodes {
      nodes = List.copyOf(nodes);
    }
  }

  /** A stream can be had; in place of what was announced of it before on this link. */
  record Announce(Announcement announcement) implements ControlMessage {}

  /** A stream that was announced can't be had any more. */
  record Unannounce(StreamKey key) implements ControlMessage {}

  /**
   * Asks for a stream.
   *
   * @param request number of the request, not used before on this link by this node
   * @param layers simulcast layers that are wanted, bit n for layer n
   * @param path ids of the nodes that it goes to through the one that asks, the farthest first, the one that asks last
   * @param session id of the session at the end of the chain that asks
   */
  record Subscribe(int request, StreamKey key, int layers, List<String> path, String session)
      implements ControlMessage {
    /** Keeps the list as it is now. */
    public Subscribe {
      path = List.copyOf(path);
    }
  }

  /**
   * The stream comes.
   *
   * @param form how
   * @param epoch of the publish
   * @param heedsRequests whether a keyframe that is asked for comes soon
   * @param tracks by index; empty for frames
   * @param flows of packets; empty for frames
   * @param session id of the session by which it is served
   */
  record Subscribed(
      int request,
      MediaPath form,
      long epoch,
      boolean heedsRequests,
      List<RtpTrack> tracks,
      List<Flow> flows,
      String session)
      implements ControlMessage {
    /** Keeps the lists as they are now. */
    public Subscribed {
      tracks = List.copyOf(tracks);
      flows = List.copyOf(flows);
    }
  }

  /**
   * The stream does not come, or it ends.
   *
   * @param code why
   * @param owner who has it, where the node that was asked knows better; null where it does not
   */
  record Ended(int request, ErrorCode code, String why, @Nullable StreamEntry owner) implements ControlMessage {}

  /**
   * Never sent: what a {@link Subscribed} is read as that a later version has made, of a codec or in a form that this one
   * does not know.
   */
  record NotUnderstood(int request, String why) implements ControlMessage {}

  /** Other layers are wanted from now on. */
  record Update(int request, int layers) implements ControlMessage {}

  /** The stream is not wanted any more. */
  record Unsubscribe(int request) implements ControlMessage {}

  /** A picture that can be decoded by itself is wanted. */
  record KeyframeRequest(int request, int layer) implements ControlMessage {}

  /**
   * A sender report came.
   *
   * @param ntp wall clock of the publisher as 64 bits of NTP
   * @param rtp the same moment in ticks of the track
   */
  record Clock(int request, int track, int layer, long ntp, int rtp) implements ControlMessage {}

  /** How a flow arrives, from the node that receives it, each second. */
  record Arrival(
      int flow, long received, long lostBeforeRepair, long lostAfterRepair, long bitsPerSecond, long delayMicros)
      implements ControlMessage {}

  /**
   * The node stops: what it serves is to be had elsewhere.
   *
   * @param deadlineMs until then it serves on, in ms
   */
  record Goaway(long deadlineMs) implements ControlMessage {}
}
