package live.sluice.pull.packets;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import live.sluice.rtp.RtpStream;

/**
 * How a stream of packets crosses from its owner to another node.
 *
 * <p>The puller asks for the stream as FLV and offers, by {@code Upgrade: sluice-rtp}, to take packets instead (RFC 9110,
 * section 7.8). Where the source brings frames, or the owner is of a version that knows no packets, the answer is FLV.
 * Else it is 101, and both sides go on with frames of RFC 4571: two bytes of length, most significant first, and the body.
 * A frame of no bytes means nothing. The first byte of a body tells what it is, in the ranges of RFC 7983:
 *
 * <ul>
 *   <li>128 to 191: a packet of RTP, from the owner only. Marker, sequence number, timestamp, contributing sources,
 *       extension and payload are its publisher's. The payload type is 96 + track, or 112 + track where a picture begins
 *       with it that can be decoded by itself. The synchronization source is 256 * track + layer.
 *   <li>0 to 63: a message of ours, of that type: see {@link HopMessages}. The owner's first frame is its tracks.
 *   <li>all others end the connection.
 * </ul>
 *
 * <p>Types of messages and fields of a message that a node does not know are passed over. A change that a node of an older
 * version can't pass over needs another name in {@code Upgrade}.
 */
public final class PacketHop {
  /** The name of the protocol in {@code Upgrade}. */
  public static final String UPGRADE = "sluice-rtp";

  /** What the tracks' message says that its sender speaks. */
  static final int VERSION = 1;

  /** Most tracks of a stream: what the payload types from 96 on can tell apart. */
  static final int MAX_TRACKS = RtpStream.MAX_TRACKS;

  /** Simulcast layers that a track may have. */
  static final int MAX_LAYERS = RtpStream.MAX_LAYERS;

  /** Longest body: what two bytes of length can say. */
  static final int MAX_BODY = 0xffff;

  /** Longest body on the way back, where there are small messages only. */
  static final int MAX_REQUEST = 1024;

  private PacketHop() {}

  /** Offers to take packets. */
  public static void offer(HttpHeaders request) {
    request.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE).set(HttpHeaderNames.UPGRADE, UPGRADE);
  }

  /** Whether that request, or that answer, names this protocol. */
  public static boolean isNamed(HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, UPGRADE, true);
  }
}
