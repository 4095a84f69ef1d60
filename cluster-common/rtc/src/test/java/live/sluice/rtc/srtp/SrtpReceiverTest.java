package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpReceiverTest {

  @ParameterizedTest
  @EnumSource
  void aPacketThatCameBeforeIsAReplay(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf packet = Peers.sealed(sender, 1, 10);

    assertThat(receiver.unprotect(packet.copy())).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(packet.copy())).isEqualTo(SrtpResult.REPLAY);
    assertThat(receiver.unprotect(Peers.sealed(sender, 1, 11))).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(packet.copy())).isEqualTo(SrtpResult.REPLAY);
  }

  @ParameterizedTest
  @EnumSource
  void anyBitThatIsChangedCostsThePacketAndLeavesItsBuffer(SrtpProfile profile) {
    ByteBuf packet = Peers.sealed(SrtpSender.of(Peers.keys(profile)), 1, 2000);
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    for (int bit = 8; bit < 8 * packet.readableBytes(); bit++) {
      ByteBuf changed = packet.copy();
      changed.setByte(bit / 8, changed.getByte(bit / 8) ^ (1 << (bit % 8)));
      ByteBuf before = changed.copy();
      assertThat(receiver.unprotect(changed)).isEqualTo(SrtpResult.AUTH);
      assertThat(changed).isEqualTo(before);
    }
    assertThat(receiver.unprotect(packet)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoPacketIsMalformed(SrtpProfile profile) {
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf packet = Peers.sealed(SrtpSender.of(Peers.keys(profile)), 1, 10);

    assertThat(receiver.unprotect(Unpooled.EMPTY_BUFFER)).isEqualTo(SrtpResult.MALFORMED);
    assertThat(receiver.unprotect(packet.copy(0, 11 + profile.tagBytes()))).isEqualTo(SrtpResult.MALFORMED);
    assertThat(receiver.unprotect(packet.copy().setByte(0, 0x40))).isEqualTo(SrtpResult.MALFORMED);
    // An extension that goes on behind the packet's end.
    assertThat(receiver.unprotect(packet.copy().setByte(0, 0x90).setShort(14, 0x7fff)))
        .isEqualTo(SrtpResult.MALFORMED);
    assertThat(receiver.unprotect(Unpooled.wrappedBuffer(new byte[70_000]).setByte(0, 0x80)))
        .isEqualTo(SrtpResult.MALFORMED);
    assertThat(receiver.unprotectRtcp(Unpooled.EMPTY_BUFFER)).isEqualTo(SrtpResult.MALFORMED);
    assertThat(receiver.unprotectRtcp(Peers.rtcp(1))).isEqualTo(SrtpResult.MALFORMED);
  }

  @ParameterizedTest
  @EnumSource
  void roundsAreCountedThroughLossReorderingAndDuplicates(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    Random random = new Random(3);
    List<ByteBuf> underWay = new ArrayList<>();
    int taken = 0;
    int sent = 0;
    // A dozen roll-overs; up to 60 packets are lost between two, and half a round now and then.
    for (int number = 20_000; number < 12 * 65_536; number += 1 + random.nextInt(60)) {
      if (random.nextInt(500) == 0) {
        number += 30_000;
      }
      sent++;
      underWay.add(Peers.sealed(sender, 1, number & 0xffff));
      if (underWay.size() == 4) {
        ByteBuf next = underWay.remove(random.nextInt(4));
        SrtpResult result = receiver.unprotect(next.copy());
        // Those from before a large loss are too old.
        assertThat(result).isIn(SrtpResult.OK, SrtpResult.REPLAY);
        taken += result == SrtpResult.OK ? 1 : 0;
        assertThat(receiver.unprotect(next)).isEqualTo(SrtpResult.REPLAY);
      }
    }
    assertThat(taken).isGreaterThan(sent * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource
  void aPacketFromBeforeTheRollOverIsTakenAfterIt(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf first = Peers.sealed(sender, 1, 65_530);
    ByteBuf late = Peers.sealed(sender, 1, 65_535);
    ByteBuf next = Peers.sealed(sender, 1, 2);

    assertThat(receiver.unprotect(first)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(next)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(late)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(Peers.sealed(sender, 1, 3))).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void aSourceWhoseFirstRoundWasLostIsHeardAllTheSame(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf lost = Peers.sealed(sender, 1, 65_535);

    assertThat(receiver.unprotect(Peers.sealed(sender, 1, 4))).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(lost)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotect(Peers.sealed(sender, 1, 5))).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void sourcesHaveRoundsOfTheirOwn(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    for (int sequence = 65_000; sequence < 66_000; sequence += 100) {
      assertThat(receiver.unprotect(Peers.sealed(sender, 1, sequence & 0xffff))).isEqualTo(SrtpResult.OK);
      assertThat(receiver.unprotect(Peers.sealed(sender, 2, sequence - 60_000))).isEqualTo(SrtpResult.OK);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyAuthenticPacketsMakeASourceKnownAndNotMoreThanAreAllowed(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    for (int ssrc = 1000; ssrc < 2000; ssrc++) {
      ByteBuf forged = Peers.rtp(ssrc, 5000);
      assertThat(receiver.unprotect(forged)).isEqualTo(SrtpResult.AUTH);
    }
    for (int ssrc = 1; ssrc <= SrtpReceiver.MAX_SOURCES; ssrc++) {
      assertThat(receiver.unprotect(Peers.sealed(sender, ssrc, 10))).isEqualTo(SrtpResult.OK);
    }
    assertThat(receiver.unprotect(Peers.sealed(sender, 999, 10))).isEqualTo(SrtpResult.TOO_MANY_SSRC);
    assertThat(receiver.unprotect(Peers.sealed(sender, 1, 11))).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void rtcpIsTakenOnceAndInAnyOrder(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf first = Unpooled.buffer();
    ByteBuf second = Unpooled.buffer();
    sender.protectRtcp(Peers.rtcp(9), first);
    sender.protectRtcp(Peers.rtcp(9), second);
    ByteBuf again = second.copy();

    assertThat(receiver.unprotectRtcp(second)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotectRtcp(first)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotectRtcp(again)).isEqualTo(SrtpResult.REPLAY);
    assertThat(first).isEqualTo(Peers.rtcp(9));
  }

  @ParameterizedTest
  @EnumSource
  void rtcpWithAnyBitChangedIsNotTaken(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
    ByteBuf packet = Unpooled.buffer();
    sender.protectRtcp(Peers.rtcp(9), packet);
    for (int bit = 8; bit < 8 * packet.readableBytes(); bit++) {
      ByteBuf changed = packet.copy();
      changed.setByte(bit / 8, changed.getByte(bit / 8) ^ (1 << (bit % 8)));
      assertThat(receiver.unprotectRtcp(changed)).isEqualTo(SrtpResult.AUTH);
    }
    assertThat(receiver.unprotectRtcp(packet)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void keysOfTheOtherDirectionOpenNothing(SrtpProfile profile) {
    SrtpKeys one = Peers.keys(profile);
    SrtpKeys other =
        new SrtpKeys(profile, one.sendKey(), one.sendSalt(), new byte[profile.keyBytes()], one.receiveSalt());
    SrtpReceiver receiver = SrtpReceiver.of(other);

    assertThat(receiver.unprotect(Peers.sealed(SrtpSender.of(one), 1, 10))).isEqualTo(SrtpResult.AUTH);
  }
}
