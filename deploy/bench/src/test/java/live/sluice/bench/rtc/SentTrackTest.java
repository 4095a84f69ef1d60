package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.RtcPayload;
import live.sluice.bench.clip.SyntheticClip;
import live.sluice.bench.scan.SenderClock;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpResult;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.wire.HeaderExtension;
import live.sluice.rtp.wire.HeaderExtensions;
import live.sluice.rtp.wire.RtpHeader;
import live.sluice.rtp.wire.Rtx;
import org.junit.jupiter.api.Test;

class SentTrackTest {
  private static final long SENT = 1_700_000_000_123_456_789L;
  private static final RtcPayload PAYLOAD =
      RtcClip.of(SyntheticClip.ofPictures(500_000, 30, Duration.ofSeconds(1)))
          .pictures()
          .getFirst()
          .payloads()
          .getFirst();

  private final SrtpKeys keys =
      new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12], new byte[16], new byte[12]);
  private final SrtpSender srtp = SrtpSender.of(keys);
  private final SrtpReceiver receiver = SrtpReceiver.of(keys);

  private static SentTrack track(boolean rtx) {
    return new SentTrack(SdpSamples.answer(rtx).tracks().getFirst(), 5, 6, 90_000);
  }

  private ByteBuf open(ByteBuf packet) {
    assertThat(receiver.unprotect(packet)).isEqualTo(SrtpResult.OK);
    return packet;
  }

  @Test
  void aPacketHasItsOwnHeaderTheClockAndTheTransportsNumber() {
    SentTrack track = track(true);
    ByteBuf first = open(track.next(srtp, PAYLOAD, 0, false, SENT, 7));
    ByteBuf second = open(track.next(srtp, PAYLOAD, 1_000, true, SENT, 8));

    assertThat(RtpHeader.ssrc(first)).isEqualTo(5);
    assertThat(RtpHeader.payloadType(first)).isEqualTo(96);
    assertThat(RtpHeader.sequence(second) - RtpHeader.sequence(first)).isEqualTo(1);
    assertThat(RtpHeader.timestamp(second) - RtpHeader.timestamp(first)).isEqualTo(90_000);
    assertThat(RtpHeader.marker(first)).isFalse();
    assertThat(RtpHeader.marker(second)).isTrue();
    int id = SdpSamples.answer(true).tracks().getFirst().extensions().id(HeaderExtension.TRANSPORT_CC);
    assertThat(HeaderExtensions.number(second, id, 2)).isEqualTo(8);
    int at = RtpHeader.payloadOffset(first);
    byte[] payload = ByteBufUtil.getBytes(first, at, first.readableBytes() - at);
    assertThat(SenderClock.find(payload, payload.length)).isEqualTo(SENT);
    first.release();
    second.release();
  }

  @Test
  void whatIsSentAgainByRtxIsTheSamePacketWithANumberOfItsOwn() {
    SentTrack track = track(true);
    ByteBuf first = open(track.next(srtp, PAYLOAD, 0, false, SENT, 7));
    ByteBuf again = open(track.again(srtp, RtpHeader.sequence(first), 9));

    assertThat(RtpHeader.ssrc(again)).isEqualTo(6);
    assertThat(RtpHeader.payloadType(again)).isEqualTo(97);
    assertThat(Rtx.unwrap(again, RtpHeader.payloadOffset(again), 5, 96)).isTrue();
    assertThat(RtpHeader.sequence(again)).isEqualTo(RtpHeader.sequence(first));
    int payload = RtpHeader.payloadOffset(first);
    assertThat(again.slice(again.readerIndex() + payload, again.readableBytes() - payload))
        .isEqualTo(first.slice(payload, first.readableBytes() - payload));
    first.release();
    again.release();
  }

  @Test
  void withoutRtxTheSameBytesAreSentAgain() {
    SentTrack track = track(false);
    ByteBuf first = track.next(srtp, PAYLOAD, 0, true, SENT, 0);
    track.next(srtp, PAYLOAD, 33, true, SENT + 1, 0).release();
    ByteBuf again = track.again(srtp, RtpHeader.sequence(first), 0);

    assertThat(again).isEqualTo(first);
    first.release();
    again.release();
  }

  @Test
  void whatIsTooOldIsNotThereAnyMore() {
    SentTrack track = track(true);
    ByteBuf first = track.next(srtp, PAYLOAD, 0, true, SENT, 0);
    int sequence = RtpHeader.sequence(first);
    first.release();
    for (int i = 0; i < 600; i++) {
      track.next(srtp, PAYLOAD, i, true, SENT, i).release();
    }
    assertThat(track.again(srtp, sequence, 0)).isNull();
    assertThat(track.again(srtp, sequence - 1 & 0xffff, 0)).isNull();
  }
}
