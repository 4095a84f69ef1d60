package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.RtcPayload;
import live.sluice.bench.clip.RtcPicture;
import live.sluice.bench.clip.SyntheticClip;
import live.sluice.bench.measure.BenchClock;
import live.sluice.bench.measure.PlayMeters;
import live.sluice.bench.measure.PlaySummary;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import org.junit.jupiter.api.Test;

class ReceptionTest {
  private static final long MS = 1_000_000;
  private static final long WALL = 1_700_000_000_000_000_000L;
  private static final RtcClip CLIP =
      RtcClip.of(SyntheticClip.ofPictures(1_000_000, 30, Duration.ofSeconds(1)));

  private long now;
  private final BenchClock clock = new BenchClock(() -> now, () -> WALL + now);
  private final PlayMeters meters = new PlayMeters(clock, PlayMeters.Settings.DEFAULT);
  private final PlayerMeter meter = meters.player(false);
  private final Answer answer = SdpSamples.answer(true);
  private final Answer.Track track = answer.tracks().getFirst();
  private final SentTrack source = new SentTrack(track, 77, 78, 90_000);
  private final SrtpSender server;
  private final SrtpReceiver receiver;
  private int number;

  ReceptionTest() {
    byte[] key = new byte[16];
    byte[] salt = new byte[12];
    new Random(1).nextBytes(key);
    SrtpKeys keys = new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, key, salt, key, salt);
    server = SrtpSender.of(keys);
    receiver = SrtpReceiver.of(keys);
  }

  private Reception reception(boolean opensAll) {
    clock.read();
    meter.connected();
    meter.requested();
    return new Reception(answer, receiver, meter, meters.packets(), opensAll, now);
  }

  /** The packets of a picture, at its time. */
  private List<ByteBuf> picture(int index) {
    RtcPicture picture = CLIP.pictures().get(index);
    List<ByteBuf> packets = new ArrayList<>();
    long sent = WALL + now;
    for (int i = 0; i < picture.payloads().size(); i++) {
      RtcPayload payload = picture.payloads().get(i);
      boolean last = i == picture.payloads().size() - 1;
      packets.add(source.next(server, payload, index * 33L, last, sent, number++));
    }
    return packets;
  }

  private void give(Reception to, ByteBuf packet) {
    clock.read();
    to.onRtp(packet, now);
    packet.release();
  }

  private PlaySummary summary() {
    return PlaySummary.of(meters.totals(), 1);
  }

  @Test
  void wholePicturesCountWithTheAgeOfTheirClock() {
    Reception reception = reception(true);
    meters.begin();
    for (int i = 0; i < 3; i++) {
      List<ByteBuf> packets = picture(i);
      now += 4 * MS;
      packets.forEach(packet -> give(reception, packet));
      now += 29 * MS;
    }
    PlaySummary summary = summary();
    assertThat(summary.frames()).isEqualTo(3);
    assertThat(summary.joinKeyframeMs().p50()).isCloseTo(4, within(0.1));
    assertThat(summary.latencyMs().count()).isEqualTo(3);
    assertThat(summary.latencyMs().max()).isCloseTo(4, within(0.1));
    assertThat(summary.packets()).isNotNull();
    assertThat(summary.packets().lost()).isZero();
    assertThat(summary.packets().received()).isGreaterThan(10);
  }

  @Test
  void aPlayerOfHeadersOpensUpToItsFirstKeyframeAndThenCountsPicturesWithoutTheirAge() {
    Reception reception = reception(false);
    meters.begin();
    for (int i = 0; i < 3; i++) {
      picture(i).forEach(packet -> give(reception, packet));
      now += 33 * MS;
    }
    assertThat(summary().frames()).isEqualTo(3);
    assertThat(summary().latencyMs().count()).isEqualTo(1);
    assertThat(summary().gapsWithoutKeyframe()).isZero();
  }

  @Test
  void whatIsLostIsAskedForAndComesByRtx() {
    Reception reception = reception(true);
    List<ByteBuf> packets = picture(0);
    ByteBuf lost = packets.remove(1);
    packets.forEach(packet -> give(reception, packet));
    assertThat(summary().frames()).isZero();
    assertThat(reception.waits()).isTrue();
    now += 20 * MS;
    ByteBuf out = Unpooled.buffer();
    reception.writeRequests(out, now);
    List<Integer> asked = new ArrayList<>();
    new RtcpReader()
        .read(
            out,
            new RtcpListener() {
              @Override
              public void onNack(int mediaSsrc, int sequence) {
                asked.add(sequence);
              }
            });
    assertThat(asked).containsExactly(lost.getUnsignedShort(2));
    ByteBuf again = source.again(server, asked.getFirst(), number++);
    assertThat(again).isNotNull();
    give(reception, again);
    assertThat(summary().frames()).isEqualTo(1);
    assertThat(summary().packets().lost()).isEqualTo(1);
    assertThat(summary().packets().recovered()).isEqualTo(1);
    assertThat(summary().packets().nacked()).isEqualTo(1);
    lost.release();
    out.release();
  }

  @Test
  void whatIsOvertakenIsNotLostAndWhatComesTwiceIsCountedOnce() {
    Reception reception = reception(true);
    List<ByteBuf> packets = picture(0);
    ByteBuf first = packets.remove(1);
    packets.add(2, first);
    ByteBuf twice = packets.getLast().copy();
    packets.forEach(packet -> give(reception, packet));
    give(reception, twice);
    assertThat(summary().frames()).isEqualTo(1);
    assertThat(summary().packets().lost()).isZero();
    assertThat(summary().packets().reordered()).isEqualTo(1);
    assertThat(summary().packets().duplicates()).isEqualTo(1);
  }

  @Test
  void whatIsNotAuthenticIsRejected() {
    Reception reception = reception(true);
    List<ByteBuf> packets = picture(0);
    ByteBuf forged = packets.getFirst();
    forged.setByte(40, forged.getByte(40) ^ 1);
    packets.forEach(packet -> give(reception, packet));
    assertThat(summary().packets().rejected()).isEqualTo(1);
    assertThat(summary().frames()).isZero();
  }

  @Test
  void feedbackIsDueEach50MsAndReportsTellOfTheTrack() {
    Reception reception = reception(true);
    picture(0).forEach(packet -> give(reception, packet));
    assertThat(reception.isFeedbackDue(now)).isFalse();
    now += 60 * MS;
    assertThat(reception.isFeedbackDue(now)).isTrue();
    ByteBuf out = Unpooled.buffer();
    assertThat(reception.writeFeedback(out, now)).isFalse();
    reception.writeReport(out, now);
    List<String> told = new ArrayList<>();
    boolean good =
        new RtcpReader()
            .read(
                out,
                new RtcpListener() {
                  @Override
                  public void onTransportFeedback(live.sluice.rtp.rtcp.TransportFeedback feedback) {
                    told.add("feedback");
                  }

                  @Override
                  public void onReportBlock(int reporter, live.sluice.rtp.rtcp.ReportBlock block) {
                    told.add("report of " + block.ssrc());
                  }
                });
    assertThat(good).isTrue();
    assertThat(told).containsExactly("feedback", "report of 77");
    out.release();
  }

  @Test
  void aPlayerWithoutAKeyframeAsksForOne() {
    Reception reception = reception(true);
    picture(1).forEach(packet -> give(reception, packet));
    now += 1_000 * MS;
    ByteBuf out = Unpooled.buffer();
    reception.writeReport(out, now);
    assertThat(summary().packets().keyframeRequests()).isEqualTo(1);
    out.release();
  }
}
