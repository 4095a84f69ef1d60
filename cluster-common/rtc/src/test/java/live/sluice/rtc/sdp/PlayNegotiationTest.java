package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.HeaderExtension;
import org.junit.jupiter.api.Test;

class PlayNegotiationTest {
  private static final RtpTrack H264 =
      Sdp.video(Codec.H264, "profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1");

  @Test
  void aPlayerGetsTheStreamsCodecsBySourcesOfItsOwn() {
    PlayNegotiation negotiation = Sdp.play(Sdp.offer("firefox-play"), H264, Sdp.opus());

    OutgoingTrack video = negotiation.tracks().get(0);
    assertThat(video.track()).isEqualTo(H264);
    assertThat(video.payloadType()).isEqualTo(126);
    assertThat(video.rtxPayloadType()).isEqualTo(127);
    assertThat(video.ssrc()).isEqualTo(1000);
    assertThat(video.rtxSsrc()).isEqualTo(1001);
    assertThat(video.feedback()).isEqualTo(new Feedback(true, true, true, false, true));
    assertThat(video.extensions().id(HeaderExtension.MID)).isEqualTo(3);
    assertThat(video.extensions().id(HeaderExtension.TRANSPORT_CC)).isEqualTo(7);
    assertThat(video.extensions().id(HeaderExtension.PLAYOUT_DELAY)).isEqualTo(6);
    assertThat(video.extensions().has(HeaderExtension.ABS_SEND_TIME)).isFalse();
    OutgoingTrack audio = negotiation.tracks().get(1);
    assertThat(audio.payloadType()).isEqualTo(109);
    assertThat(audio.hasRtx()).isFalse();
    assertThat(audio.ssrc()).isEqualTo(1002);
  }

  @Test
  void theAnswerNamesSourcesAndStream() {
    String answer = Sdp.play(Sdp.offer("firefox-play"), H264, Sdp.opus()).answer(Sdp.LOCAL);

    assertThat(Sdp.section(answer, 0))
        .containsExactly(
            "m=video 9 UDP/TLS/RTP/SAVPF 126 127",
            "c=IN IP4 0.0.0.0",
            "a=candidate:1 1 udp 2130706431 192.0.2.1 8000 typ host",
            "a=end-of-candidates",
            "a=ice-ufrag:ufrg",
            "a=ice-pwd:passwordpasswordpasswor",
            "a=fingerprint:sha-256 " + Sdp.LOCAL.fingerprint().value(),
            "a=setup:passive",
            "a=mid:0",
            "a=sendonly",
            "a=rtcp-mux",
            "a=rtcp-rsize",
            "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
            "a=extmap:6 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
            "a=rtpmap:126 H264/90000",
            "a=rtcp-fb:126 nack",
            "a=rtcp-fb:126 nack pli",
            "a=rtcp-fb:126 ccm fir",
            "a=rtcp-fb:126 transport-cc",
            "a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1",
            "a=rtpmap:127 rtx/90000",
            "a=fmtp:127 apt=126",
            "a=msid:livestream livestream-0",
            "a=ssrc-group:FID 1000 1001",
            "a=ssrc:1000 cname:sluice",
            "a=ssrc:1000 msid:livestream livestream-0",
            "a=ssrc:1001 cname:sluice",
            "a=ssrc:1001 msid:livestream livestream-0");
    assertThat(Sdp.section(answer, 1))
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 109", "a=ssrc:1002 cname:sluice", "a=sendonly");
  }

  @Test
  void everyCodecOfChromiumsIsFound() {
    for (Codec codec : new Codec[] {Codec.VP8, Codec.VP9, Codec.AV1, Codec.H264}) {
      PlayNegotiation negotiation = Sdp.play(Sdp.offer("chromium-play"), Sdp.video(codec, ""), Sdp.opus());
      assertThat(negotiation.tracks()).hasSize(2);
      assertThat(negotiation.tracks().stream().filter(track -> track.track().codec() == codec)).hasSize(1);
    }
  }

  @Test
  void ofManyProfilesTheStreamsOwnIsTaken() {
    assertThat(h264PayloadParameters("42e01f")).contains("profile-level-id=42e01f", "packetization-mode=1");
    assertThat(h264PayloadParameters("4d0028")).contains("profile-level-id=4d001f", "packetization-mode=1");
    assertThat(h264PayloadParameters("42001f")).contains("profile-level-id=42001f", "packetization-mode=1");
  }

  private static String h264PayloadParameters(String profile) {
    PlayNegotiation negotiation =
        Sdp.play(
            Sdp.offer("chromium-play"),
            Sdp.video(Codec.H264, "packetization-mode=1;profile-level-id=" + profile));
    int payloadType = negotiation.tracks().getFirst().payloadType();
    String prefix = "a=fmtp:" + payloadType + ' ';
    return negotiation.answer(Sdp.LOCAL).lines().filter(line -> line.startsWith(prefix)).findFirst().orElse("");
  }

  @Test
  void aProfileThatIsNotNamedIsTriedAllTheSame() {
    PlayNegotiation negotiation =
        Sdp.play(Sdp.offer("firefox-play"), Sdp.video(Codec.H264, "packetization-mode=1;profile-level-id=640028"));

    assertThat(negotiation.tracks().getFirst().payloadType()).isEqualTo(126);
  }

  @Test
  void packetsThatAreFragmentedNeedThatMode() {
    refused(
        Sdp.offer("firefox-play", ";packetization-mode=1", ""), ErrorCode.NO_COMMON_CODEC, H264, "the stream has H264");
  }

  @Test
  void noCommonCodecNamesBoth() {
    refused(
        Sdp.offer("firefox-play"),
        ErrorCode.NO_COMMON_CODEC,
        Sdp.video(Codec.AV1, "profile=0"),
        "the stream has AV1 (profile=0), and m-section 0 (video, mid 0) takes 'VP8/90000, VP9/90000, H264/90000");
    refused(
        Sdp.offer("firefox-play"), ErrorCode.NO_COMMON_CODEC, Sdp.video(Codec.VP9, "profile-id=2"), "profile-id=2");
  }

  @Test
  void aSectionForWhichTheStreamHasNothingIsInactive() {
    String answer = Sdp.play(Sdp.offer("firefox-play"), Sdp.opus()).answer(Sdp.LOCAL);

    assertThat(answer).contains("a=group:BUNDLE 0 1\r\n");
    assertThat(Sdp.section(answer, 0)).contains("m=video 9 UDP/TLS/RTP/SAVPF 120", "a=inactive", "a=mid:0");
    assertThat(Sdp.section(answer, 1)).contains("a=sendonly");
  }

  @Test
  void aDataChannelIsRejectedAndTheRestServed() {
    String text =
        Sdp.text("firefox-play").replace("BUNDLE 0 1", "BUNDLE 0 1 2")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";
    String answer = Sdp.play(SessionDescription.parse(text), H264, Sdp.opus()).answer(Sdp.LOCAL);

    assertThat(answer).contains("a=group:BUNDLE 0 1\r\n");
    assertThat(Sdp.section(answer, 2))
        .containsExactly(
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=mid:2", "a=inactive");
  }

  @Test
  void anOfferThatTakesNothingOfTheStreamIsRefused() {
    refused(Sdp.offer("firefox-play", "a=recvonly", "a=inactive"), ErrorCode.SDP_UNSUPPORTED, H264, "it has H264");
  }

  @Test
  void withoutRtxNothingInAPacketMayVaryThatIsSentAgain() {
    PlayNegotiation negotiation =
        Sdp.play(Sdp.offer("firefox-play", "a=fmtp:127 apt=126\r\n", ""), H264);

    OutgoingTrack video = negotiation.tracks().getFirst();
    assertThat(video.hasRtx()).isFalse();
    assertThat(video.feedback()).isEqualTo(new Feedback(true, true, true, true, false));
    assertThat(video.extensions().has(HeaderExtension.TRANSPORT_CC)).isFalse();
    assertThat(video.extensions().has(HeaderExtension.ABS_SEND_TIME)).isFalse();
    assertThat(video.extensions().has(HeaderExtension.MID)).isTrue();
  }

  @Test
  void stereoIsTold() {
    RtpTrack stereo = new RtpTrack(0, Codec.OPUS, 48_000, 2, "stereo=1;useinbandfec=1");

    assertThat(Sdp.section(Sdp.play(Sdp.offer("firefox-play"), stereo).answer(Sdp.LOCAL), 1))
        .contains("a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1;sprop-stereo=1");
  }

  @Test
  void aPlayerThatAlsoOffersToSendIsServed() {
    PlayNegotiation negotiation =
        Sdp.play(Sdp.offer("firefox-play", "a=recvonly", "a=sendrecv"), H264, Sdp.opus());

    assertThat(Sdp.section(negotiation.answer(Sdp.LOCAL), 0)).contains("a=sendonly");
  }

  private static void refused(SessionDescription offer, ErrorCode code, RtpTrack track, String... parts) {
    assertThatThrownBy(() -> Sdp.play(offer, track))
        .isInstanceOf(SluiceException.class)
        .hasMessageContainingAll(parts)
        .extracting(e -> ((SluiceException) e).code())
        .isEqualTo(code);
  }
}
