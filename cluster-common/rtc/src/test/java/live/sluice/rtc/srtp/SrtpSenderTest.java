package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSenderTest {

  @ParameterizedTest
  @EnumSource
  void aHeaderOfItsOwnBeforeASharedPayloadIsOnePacket(SrtpProfile profile) {
    ByteBuf shared = Unpooled.directBuffer().writeBytes(Peers.rtp(7, 99)).asReadOnly();
    ByteBuf out = Unpooled.directBuffer();
    byte[] head = new byte[64];
    Peers.rtp(0xcafe, 500).getBytes(0, head, 0, 12);

    int written = SrtpSender.of(Peers.keys(profile)).protect(head, 12, 12, shared, 12, 100, out);

    assertThat(written).isEqualTo(112 + profile.tagBytes()).isEqualTo(out.readableBytes());
    assertThat(SrtpReceiver.of(Peers.keys(profile)).unprotect(out)).isEqualTo(SrtpResult.OK);
    assertThat(out.readSlice(12)).isEqualTo(Unpooled.wrappedBuffer(head, 0, 12));
    assertThat(out).isEqualTo(shared.slice(12, 100));
    assertThat(shared.readerIndex()).isZero();
    shared.release();
    out.release();
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesBeforeThePayloadIsEncryptedWithIt(SrtpProfile profile) {
    ByteBuf payload = Unpooled.wrappedBuffer(new byte[50]);
    byte[] head = new byte[14];
    Peers.rtp(0xcafe, 500).getBytes(0, head, 0, 12);
    head[12] = 0x12;
    head[13] = 0x34;
    ByteBuf out = Unpooled.buffer();

    SrtpSender.of(Peers.keys(profile)).protect(head, 14, 12, payload, 0, 50, out);

    assertThat(out.getUnsignedShort(12)).isNotEqualTo(0x1234);
    assertThat(SrtpReceiver.of(Peers.keys(profile)).unprotect(out)).isEqualTo(SrtpResult.OK);
    assertThat(out.getUnsignedShort(12)).isEqualTo(0x1234);
    assertThat(out.readableBytes()).isEqualTo(64);
  }

  @ParameterizedTest
  @EnumSource
  void buffersOfEveryKindGiveTheSameBytes(SrtpProfile profile) {
    String expected = Hex.of(Peers.sealed(SrtpSender.of(Peers.keys(profile)), 1, 10));
    for (boolean directIn : new boolean[] {false, true}) {
      for (boolean directOut : new boolean[] {false, true}) {
        // Pooled ones on the heap share an array, where the JDK would copy all of it.
        ByteBuf in = buffer(directIn).writeBytes(new byte[3]).skipBytes(3).writeBytes(Peers.rtp(1, 10));
        ByteBuf out = buffer(directOut).writeBytes(new byte[5]).skipBytes(5);
        SrtpSender.of(Peers.keys(profile)).protect(in, out);
        assertThat(Hex.of(out)).isEqualTo(expected);
        assertThat(Hex.of(in)).isEqualTo(Hex.of(Peers.rtp(1, 10)));
        in.release();
        out.release();
      }
    }
  }

  private static ByteBuf buffer(boolean direct) {
    PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
    return direct ? pool.directBuffer(16) : pool.heapBuffer(16);
  }

  @ParameterizedTest
  @EnumSource
  void headerExtensionsAndContributorsStayReadable(SrtpProfile profile) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x92).writeByte(96).writeShort(7).writeInt(0).writeInt(5).writeInt(1).writeInt(2);
    packet.writeShort(0xbede).writeShort(1).writeInt(0x10_aa_00_00).writeBytes(new byte[20]);
    ByteBuf out = Unpooled.buffer();

    SrtpSender.of(Peers.keys(profile)).protect(packet, out);

    assertThat(out.slice(0, 28)).isEqualTo(packet.slice(0, 28));
    assertThat(out.slice(28, 20)).isNotEqualTo(packet.slice(28, 20));
    assertThat(SrtpReceiver.of(Peers.keys(profile)).unprotect(out)).isEqualTo(SrtpResult.OK);
    assertThat(out).isEqualTo(packet);
  }

  @ParameterizedTest
  @EnumSource
  void theSamePacketOnceMoreIsTheSameBytes(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    String first = Hex.of(Peers.sealed(sender, 1, 10));

    assertThat(Hex.of(Peers.sealed(sender, 1, 10))).isEqualTo(first);
    assertThat(Hex.of(Peers.sealed(sender, 1, 11))).isNotEqualTo(first);
    assertThat(Hex.of(Peers.sealed(sender, 1, 10))).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyPayloadIsProtectedToo(SrtpProfile profile) {
    ByteBuf packet = Peers.rtp(1, 10);
    packet.writerIndex(12);
    ByteBuf out = Unpooled.buffer();
    SrtpSender.of(Peers.keys(profile)).protect(packet, out);

    assertThat(SrtpReceiver.of(Peers.keys(profile)).unprotect(out)).isEqualTo(SrtpResult.OK);
    assertThat(out).isEqualTo(packet);
  }

  @ParameterizedTest
  @EnumSource
  void aLargePacketIsProtectedToo(SrtpProfile profile) {
    ByteBuf packet = Peers.rtp(1, 10).writeBytes(new byte[60_000]);
    ByteBuf out = Unpooled.directBuffer();
    SrtpSender.of(Peers.keys(profile)).protect(packet, out);

    assertThat(SrtpReceiver.of(Peers.keys(profile)).unprotect(out)).isEqualTo(SrtpResult.OK);
    assertThat(out).isEqualTo(packet);
    out.release();
  }

  @ParameterizedTest
  @EnumSource
  void rtcpPacketsOfOneContentDiffer(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    ByteBuf first = Unpooled.buffer();
    ByteBuf second = Unpooled.buffer();
    assertThat(sender.protectRtcp(Peers.rtcp(9), first)).isEqualTo(8 + sender.rtcpOverhead());
    sender.protectRtcp(Peers.rtcp(9), second);

    assertThat(first).isNotEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void keysAreWornAfterTheLastRtcpIndex(SrtpProfile profile) {
    SrtpKeys keys = Peers.keys(profile);
    SessionKeys session = SessionKeys.ofRtcp(profile, keys.sendKey(), keys.sendSalt());
    SrtpSender sender = new SrtpSender(profile, session, session, Integer.MAX_VALUE);
    sender.protectRtcp(Peers.rtcp(9), Unpooled.buffer());

    assertThatThrownBy(() -> sender.protectRtcp(Peers.rtcp(9), Unpooled.buffer()))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatAreNoPacketAreRefused(SrtpProfile profile) {
    SrtpSender sender = SrtpSender.of(Peers.keys(profile));
    assertThatThrownBy(() -> sender.protect(Unpooled.wrappedBuffer(new byte[40]), Unpooled.buffer()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
