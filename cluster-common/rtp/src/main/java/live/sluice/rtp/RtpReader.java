package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.List;
import live.sluice.media.ErrorCode;

/** One that reads the packets of a stream: a peer, another node, a bridge. Called on its own loop. */
public interface RtpReader {
  /** What {@link #wantedLayers} says of one that takes every layer. */
  int ALL_LAYERS = (1 << RtpStream.MAX_LAYERS) - 1;

  /** Its loop. */
  EventLoop loop();

  /** The tracks that it was made for, of which the stream must have each one's codec; empty where any will do. */
  default List<RtpTrack> tracks() {
    return List.of();
  }

  /**
   * The simulcast layers that it may have a use for, bit n for layer n. What changes is told by {@link
   * RtpStream#wantedChanged}.
   */
  default int wantedLayers() {
    return ALL_LAYERS;
  }

  /**
   * It reads from now on.
   *
   * @param history what it is sent, for as long as it reads
   */
  default void onJoined(RtpHistory history) {}

  /**
   * Packets of all tracks and layers as they came, lost ones missing; borrowed for the time of the call.
   *
   * @param packets the first {@code count} are to be read
   */
  void onPackets(RtpPacket[] packets, int count);

  /**
   * The stream begins again with another source of the same codecs: sequence numbers and timestamps of what follows have
   * nothing to do with those before, and its tracks may have another order and other layers. Not told where the same publish
   * comes by another way: its packets go on, with a gap where some were lost meanwhile.
   */
  default void onSourceChanged() {}

  /** The stream lets go of it. */
  void onEnd(ErrorCode code, String why);
}
