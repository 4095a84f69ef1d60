package live.sluice.rtc.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class SrtpReceiverFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void bytesWithoutTheKeyAreNeverTakenAndNeverChanged(byte[] data) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpReceiver receiver = SrtpReceiver.of(Peers.keys(profile));
      ByteBuf packet = Unpooled.copiedBuffer(data);
      SrtpResult rtp = receiver.unprotect(packet);
      SrtpResult rtcp = receiver.unprotectRtcp(packet);
      if (rtp == SrtpResult.OK || rtcp == SrtpResult.OK) {
        throw new IllegalStateException("forged bytes were taken");
      }
      if (!packet.equals(Unpooled.wrappedBuffer(data))) {
        throw new IllegalStateException("a refused packet was changed");
      }
    }
  }

  @FuzzTest(maxDuration = "1m")
  void bytesUnderTheRightKeyComeOutAsTheyWent(byte[] data) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      ByteBuf packet = Unpooled.copiedBuffer(data);
      ByteBuf out = Unpooled.buffer();
      if (RtpLayout.headerLength(packet) < 0) {
        continue;
      }
      SrtpSender.of(Peers.keys(profile)).protect(packet, out);
      if (SrtpReceiver.of(Peers.keys(profile)).unprotect(out) != SrtpResult.OK || !out.equals(packet)) {
        throw new IllegalStateException("a packet was lost between two sides of one key");
      }
    }
  }
}
