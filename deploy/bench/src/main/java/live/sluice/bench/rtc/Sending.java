package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.clip.RtcPayload;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpResult;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.RtcpWriter;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher sends, pictures and sound, and what the server asks of it: packets once more, and keyframes. On its
 * loop alone.
 */
public final class Sending implements PacketSink, RtcpListener {
  private static final int SOUND_RATE = 48_000;
  private static final int PICTURE_RATE = 90_000;

  private final RtcPeer peer;
  private final PublishMeters meters;
  private final RtcpReader reader = new RtcpReader();
  private final int soundSsrc = ThreadLocalRandom.current().nextInt();
  private final int pictureSsrc = soundSsrc + 1;
  private final int rtxSsrc = soundSsrc + 2;
  private final String cname = Integer.toHexString(soundSsrc);
  private @Nullable SrtpSender srtp;
  private @Nullable SrtpReceiver opener;
  private @Nullable SentTrack sound;
  private @Nullable SentTrack pictures;
  private int number;
  private boolean keyframeWanted;

  /** A publisher that has not offered yet. */
  public Sending(RtcPeer peer, PublishMeters meters) {
    this.peer = peer;
    this.meters = meters;
  }

  /** Its offer: sound in Opus, and pictures. */
  public String offer(Codec codec) {
    return OfferBuilder.publish(peer.transport(), cname)
        .audio(List.of(Codec.OPUS), soundSsrc)
        .video(List.of(codec), pictureSsrc, rtxSsrc)
        .build();
  }

  /** The handshake is over. */
  public void begin(Answer answer, SrtpSender sender, SrtpReceiver receiver) {
    srtp = sender;
    opener = receiver;
    for (Answer.Track track : answer.tracks()) {
      if (track.direction().receives()) {
        if (track.codec().kind() == MediaKind.VIDEO) {
          pictures = new SentTrack(track, pictureSsrc, rtxSsrc, PICTURE_RATE);
        } else {
          sound = new SentTrack(track, soundSsrc, 0, SOUND_RATE);
        }
      }
    }
  }

  @Override
  public boolean isWritable() {
    return peer.isWritable();
  }

  @Override
  public void flush() {
    peer.flush();
  }

  @Override
  public int sound(RtcPayload payload, long mediaMs, long wallNanos) {
    return write(sound, payload, mediaMs, false, wallNanos);
  }

  @Override
  public int picture(List<RtcPayload> payloads, long mediaMs, long wallNanos) {
    int bytes = 0;
    for (int i = 0; i < payloads.size(); i++) {
      bytes += write(pictures, payloads.get(i), mediaMs, i == payloads.size() - 1, wallNanos);
    }
    return bytes;
  }

  private int write(@Nullable SentTrack track, RtcPayload payload, long mediaMs, boolean marker, long wallNanos) {
    SrtpSender with = srtp;
    if (track == null || with == null) {
      return 0;
    }
    ByteBuf packet = track.next(with, payload, mediaMs, marker, wallNanos, track.numbered() ? number++ : 0);
    int bytes = packet.readableBytes();
    peer.write(packet);
    return bytes;
  }

  @Override
  public boolean takeKeyframeWanted() {
    boolean wanted = keyframeWanted;
    keyframeWanted = false;
    return wanted;
  }

  /** A protected RTCP packet came; borrowed, and opened in place. */
  public void onRtcp(ByteBuf packet) {
    SrtpReceiver open = opener;
    if (open != null && open.unprotectRtcp(packet) == SrtpResult.OK) {
      reader.read(packet, this);
    }
  }

  @Override
  public void onNack(int mediaSsrc, int sequence) {
    SentTrack track = pictures != null && pictures.ssrc() == mediaSsrc ? pictures : sound;
    SrtpSender with = srtp;
    if (track == null || with == null || track.ssrc() != mediaSsrc) {
      return;
    }
    meters.nacked();
    ByteBuf packet = track.again(with, sequence, track.numbered() ? number++ : 0);
    if (packet != null) {
      meters.resent(packet.readableBytes());
      peer.write(packet);
      peer.flush();
    }
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

  /** Writes the reports of both tracks, each with its name; nothing before the handshake is over. */
  public void writeReports(ByteBuf out, long wallNanos, long mediaMs) {
    report(out, sound, wallNanos, mediaMs);
    report(out, pictures, wallNanos, mediaMs);
  }

  private void report(ByteBuf out, @Nullable SentTrack track, long wallNanos, long mediaMs) {
    if (track != null) {
      RtcpWriter.senderReport(out, track.report(Ntp.ofWallNanos(wallNanos), mediaMs), List.of());
      RtcpWriter.cname(out, track.ssrc(), cname);
    }
  }
}
