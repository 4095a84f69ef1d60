package live.sluice.rtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;

class SdpFuzzTest {
  private static final List<RtpTrack> TRACKS =
      List.of(Sdp.video(Codec.H264, "packetization-mode=1;profile-level-id=42e01f"), Sdp.opus());

  @FuzzTest(maxDuration = "1m")
  void anyOfferEndsInAnAnswerThatCanBeReadOrInARefusal(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    try {
      PublishNegotiation publish = Sdp.publish(SessionDescription.parse(text));
      SessionDescription.parse(publish.answer(Sdp.LOCAL));
    } catch (SluiceException e) {
      // A refusal is what most texts should meet.
    }
    try {
      PlayNegotiation play = PlayNegotiation.of(SessionDescription.parse(text), TRACKS, Sdp.sources());
      Answer.parse(play.answer(Sdp.LOCAL));
    } catch (SluiceException e) {
      // As above.
    }
  }

  @FuzzTest(maxDuration = "1m")
  void anyFragmentIsReadOrRefused(byte[] data) {
    try {
      SdpFragment fragment = SdpFragment.parse(new String(data, StandardCharsets.UTF_8));
      SdpFragment.parse(fragment.write());
    } catch (SluiceException e) {
      // As above.
    }
  }
}
