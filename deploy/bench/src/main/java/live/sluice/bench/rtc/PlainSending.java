package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.clip.RtcPayload;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.media.Codec;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.Direction;
import live.sluice.rtc.sdp.ExtensionIds;
import live.sluice.rtc.sdp.Feedback;
import live.sluice.rtc.sdp.IncomingTrack;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.RtcpWriter;

/**
 * What one publisher of plain RTP sends: nothing is agreed upon, and nothing protected. Payload types are those of {@link
 * OfferBuilder#payloadType}. What the other side may ask for is a keyframe. On its loop alone.
 */
public final class PlainSending implements PacketSink, RtcpListener {
  private static final int SOUND_RATE = 48_000;
  private static final int PICTURE_RATE = 90_000;

  /** Where datagrams go, which are handed over. */
  public interface Ports {
    /** Whether pictures can be written. */
    boolean isWritable();

    /** Writes a packet of sound. */
    void sound(ByteBuf packet);

    /** Writes a packet of pictures. */
    void picture(ByteBuf packet);

    /** Sends what was written. */
    void flush();
  }

  private final Ports ports;
  private final PublishMeters meters;
  private final RtcpReader reader = new RtcpReader();
  private final SentTrack sound;
  private final SentTrack pictures;
  private final String cname;
  private boolean keyframeWanted;

  /** A publisher of pictures of that codec, and of sound in Opus. */
  public PlainSending(Codec codec, Ports ports, PublishMeters meters) {
    this.ports = ports;
    this.meters = meters;
    int ssrc = ThreadLocalRandom.current().nextInt();
    sound = new SentTrack(track(Codec.OPUS), ssrc, 0, SOUND_RATE);
    pictures = new SentTrack(track(codec), ssrc + 1, 0, PICTURE_RATE);
    cname = Integer.toHexString(ssrc);
  }

  private static Answer.Track track(Codec codec) {
    return new Answer.Track(
        "",
        codec,
        OfferBuilder.payloadType(codec),
        IncomingTrack.NO_RTX,
        Direction.RECVONLY,
        "",
        ExtensionIds.NONE,
        Feedback.NONE,
        List.of());
  }

  @Override
  public boolean isWritable() {
    return ports.isWritable();
  }

  @Override
  public boolean takeKeyframeWanted() {
    boolean wanted = keyframeWanted;
    keyframeWanted = false;
    return wanted;
  }

  @Override
  public int sound(RtcPayload payload, long mediaMs, long wallNanos) {
    ByteBuf packet = sound.next(null, payload, mediaMs, false, wallNanos, 0);
    int bytes = packet.readableBytes();
    ports.sound(packet);
    return bytes;
  }

  @Override
  public int picture(List<RtcPayload> payloads, long mediaMs, long wallNanos) {
    int bytes = 0;
    for (int i = 0; i < payloads.size(); i++) {
      ByteBuf packet = pictures.next(null, payloads.get(i), mediaMs, i == payloads.size() - 1, wallNanos, 0);
      bytes += packet.readableBytes();
      ports.picture(packet);
    }
    return bytes;
  }

  @Override
  public void flush() {
    ports.flush();
  }

  /** RTCP came; borrowed. */
  public void onRtcp(ByteBuf packet) {
    reader.read(packet, this);
  }

  @Override
  public void onPli(int mediaSsrc) {
    keyframeWanted = true;
    meters.keyframeRequested();
  }

  @Override
  public void onFir(int mediaSsrc, int command) {
    onPli(mediaSsrc);
  }

  /** Writes a report of the sound. */
  public void reportSound(ByteBuf out, long wallNanos, long mediaMs) {
    report(out, sound, wallNanos, mediaMs);
  }

  /** Writes a report of the pictures. */
  public void reportPictures(ByteBuf out, long wallNanos, long mediaMs) {
    report(out, pictures, wallNanos, mediaMs);
  }

  private void report(ByteBuf out, SentTrack track, long wallNanos, long mediaMs) {
    RtcpWriter.senderReport(out, track.report(Ntp.ofWallNanos(wallNanos), mediaMs), List.of());
    RtcpWriter.cname(out, track.ssrc(), cname);
  }
}
