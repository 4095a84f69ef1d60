package live.sluice.bench.rtc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.Codec;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtc.sdp.PlayNegotiation;
import live.sluice.rtc.sdp.PlaySources;
import live.sluice.rtc.sdp.SessionDescription;

/** Answers of a server, made as one makes them. */
final class SdpSamples {
  private static final DtlsIdentity IDENTITY = DtlsIdentity.create();

  private SdpSamples() {}

  /** To an offer to play: one track of pictures in H.264, with RTX or without. */
  static Answer answer(boolean rtx) {
    String offer = OfferBuilder.play(transport()).video(List.of(Codec.H264), 0, 0).build();
    if (!rtx) {
      offer = offer.replaceAll("a=rtpmap:97 rtx[^\r]*\r\n", "").replaceAll("a=fmtp:97[^\r]*\r\n", "").replace(" 97\r", "\r");
    }
    PlaySources sources = new PlaySources("fake", "fake", new AtomicInteger()::incrementAndGet);
    return Answer.parse(
        PlayNegotiation.of(SessionDescription.parse(offer), List.of(FakeServer.PICTURES), sources).answer(transport()));
  }

  static LocalTransport transport() {
    IceCredentials credentials = IceCredentials.random();
    return new LocalTransport(
        1, credentials.ufrag(), credentials.pwd(), RtcIdentity.fingerprint(IDENTITY), List.of());
  }
}
