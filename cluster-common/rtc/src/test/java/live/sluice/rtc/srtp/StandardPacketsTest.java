package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** Packets as the standards print them, and as the reference implementation has them. */
class StandardPacketsTest {
  // RFC 7714, sections 16 and 17: session keys, and a packet each.
  private static final SessionKeys RFC_7714 =
      new SessionKeys(
          Hex.bytes("000102030405060708090a0b0c0d0e0f"), new byte[0], Hex.bytes("517569642070726f2071756f"));
  private static final String RTP =
      "8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472"
          + "6573";
  private static final String SRTP =
      "8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf"
          + "8833899d 7f27beb1 6a9152cf 765ee439 0cce";
  private static final String RTCP =
      "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef"
          + "deadbeef";
  private static final String SRTCP =
      "81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded"
          + "0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4";
  private static final String SRTCP_NOT_ENCRYPTED =
      "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef"
          + "deadbeef 841dd968 3dd78ec9 2ae58790 125f62b3 000005d4";

  @Test
  void gcmRtpPacketsAreTheStandards() {
    assertThat(protect(rfc7714Sender(), RTP)).isEqualTo(Hex.join(SRTP));
    assertThat(unprotect(rfc7714Receiver(), SRTP)).isEqualTo(Hex.join(RTP));
  }

  @Test
  void gcmRtcpPacketsAreTheStandards() {
    assertThat(protectRtcp(rfc7714Sender(), RTCP)).isEqualTo(Hex.join(SRTCP));
    assertThat(unprotectRtcp(rfc7714Receiver(), SRTCP)).isEqualTo(Hex.join(RTCP));
  }

  @Test
  void gcmRtcpPacketsThatAreOnlyAuthenticatedAreTaken() {
    assertThat(unprotectRtcp(rfc7714Receiver(), SRTCP_NOT_ENCRYPTED)).isEqualTo(Hex.join(RTCP));
  }

  // The reference implementation's examples, with the keys of RFC 3711, appendix B.3.
  private static final String PLAIN_RTP = "800f1234 decafbad cafebabe abababab abababab abababab abababab";
  private static final String PLAIN_RTCP = "81c8000b cafebabe abababab abababab abababab abababab";

  @Test
  void counterModePacketsAreThoseOfTheReferenceImplementation() {
    SrtpKeys keys =
        both(
            SrtpProfile.AES128_CM_HMAC_SHA1_80,
            "e1f97a0d3e018be0d64fa32c06de4139",
            "0ec675ad498afeebb6960b3aabe6");
    String rtp = "800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb";
    String rtcp = "81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798";

    assertThat(protect(SrtpSender.of(keys), PLAIN_RTP)).isEqualTo(Hex.join(rtp));
    assertThat(unprotect(SrtpReceiver.of(keys), rtp)).isEqualTo(Hex.join(PLAIN_RTP));
    assertThat(protectRtcp(SrtpSender.of(keys), PLAIN_RTCP)).isEqualTo(Hex.join(rtcp));
    assertThat(unprotectRtcp(SrtpReceiver.of(keys), rtcp)).isEqualTo(Hex.join(PLAIN_RTCP));
  }

  @Test
  void gcmPacketsUnderDerivedKeysAreThoseOfTheReferenceImplementation() {
    SrtpKeys keys =
        both(SrtpProfile.AEAD_AES_128_GCM, "000102030405060708090a0b0c0d0e0f", "a0a1a2a3a4a5a6a7a8a9aaab");
    String rtp =
        "800f1234 decafbad cafebabe c5002ede 04cfdd2e b91159e0 880aa06e d2976826 f796b201 df3131a1 27e8a392";
    String rtcp =
        "81c8000b cafebabe c98b8b5d f0392a55 852b6c21 ac8e7025 c52c6fbe a2b3b446 ea31123b a88ce61e 80000001";

    assertThat(protect(SrtpSender.of(keys), PLAIN_RTP)).isEqualTo(Hex.join(rtp));
    assertThat(unprotect(SrtpReceiver.of(keys), rtp)).isEqualTo(Hex.join(PLAIN_RTP));
    assertThat(protectRtcp(SrtpSender.of(keys), PLAIN_RTCP)).isEqualTo(Hex.join(rtcp));
    assertThat(unprotectRtcp(SrtpReceiver.of(keys), rtcp)).isEqualTo(Hex.join(PLAIN_RTCP));
  }

  private static SrtpSender rfc7714Sender() {
    return new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, RFC_7714, RFC_7714, 0x5d4);
  }

  private static SrtpReceiver rfc7714Receiver() {
    return new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, RFC_7714, RFC_7714);
  }

  private static SrtpKeys both(SrtpProfile profile, String key, String salt) {
    return new SrtpKeys(profile, Hex.bytes(key), Hex.bytes(salt), Hex.bytes(key), Hex.bytes(salt));
  }

  private static String protect(SrtpSender sender, String packet) {
    ByteBuf out = Unpooled.buffer();
    assertThat(sender.protect(Hex.buffer(packet), out)).isEqualTo(out.readableBytes());
    return Hex.of(out);
  }

  private static String protectRtcp(SrtpSender sender, String packet) {
    ByteBuf out = Unpooled.buffer();
    assertThat(sender.protectRtcp(Hex.buffer(packet), out)).isEqualTo(out.readableBytes());
    return Hex.of(out);
  }

  private static String unprotect(SrtpReceiver receiver, String packet) {
    ByteBuf buffer = Hex.buffer(packet);
    assertThat(receiver.unprotect(buffer)).isEqualTo(SrtpResult.OK);
    return Hex.of(buffer);
  }

  private static String unprotectRtcp(SrtpReceiver receiver, String packet) {
    ByteBuf buffer = Hex.buffer(packet);
    assertThat(receiver.unprotectRtcp(buffer)).isEqualTo(SrtpResult.OK);
    return Hex.of(buffer);
  }
}
